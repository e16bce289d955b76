-- Never a second refused login with the same credentials, although a daemon may be killed between the refusal and
-- writing it down: what the terminal accepted, what may have been refused unheard, and how many bad logins it takes.
alter table public.dispozitive_pontaj
  add column if not exists credentiale_acceptate text,
  add column if not exists credentiale_neclare text,
  add column if not exists incercari_ramase integer;

comment on column public.dispozitive_pontaj.credentiale_acceptate is
  'Fingerprint of the username and password the terminal accepted last; never the password itself.';
comment on column public.dispozitive_pontaj.credentiale_neclare is
  'Fingerprint of a username and password whose login may have been refused without anybody having heard of it.';
comment on column public.dispozitive_pontaj.incercari_ramase is
  'Bad logins that the terminal said it takes before it locks, when last no login of ours was under way.';

-- ia_dispozitive_cu_lucru, which stays for daemons of the former version, and beyond it whether whoever had the terminal
-- last never gave it back.
create or replace function public.preia_dispozitive(p_detinator text, p_durata_ms integer, p_limita integer)
returns table (dispozitiv_id uuid, fence bigint, expira_in_ms bigint, abandonat boolean)
language plpgsql set search_path = '' as $$
#variable_conflict use_column
begin
  insert into public.dispozitive_lease (dispozitiv_id)
  select w.dispozitiv_id
  from intern.dispozitive_cu_lucru() w
  where not exists (select 1 from public.dispozitive_lease x where x.dispozitiv_id = w.dispozitiv_id)
  on conflict do nothing;

  return query
  with free as (
    select x.dispozitiv_id, x.detinator is not null as abandonat
    from public.dispozitive_lease x
    join intern.dispozitive_cu_lucru() w on w.dispozitiv_id = x.dispozitiv_id
    where x.expira_la <= clock_timestamp()
    order by w.de_cand, x.dispozitiv_id
    limit p_limita
    for update of x skip locked
  )
  update public.dispozitive_lease x
  set detinator = p_detinator,
      fence = x.fence + 1,
      expira_la = clock_timestamp() + make_interval(secs => p_durata_ms / 1000.0)
  from free
  where x.dispozitiv_id = free.dispozitiv_id
  returning x.dispozitiv_id, x.fence, intern.ms_pana_la(x.expira_la), free.abandonat;
end
$$;

create or replace function public.scrie_dispozitiv(p_dispozitiv_id uuid, p_fence bigint, p_stare jsonb) returns void
language plpgsql set search_path = '' as $$
declare
  allowed constant text[] := array[
    'status', 'numar_serie', 'model', 'firmware', 'capabilitati', 'livrare_foto', 'credentiale_refuzate',
    'credentiale_acceptate', 'credentiale_neclare', 'incercari_ramase', 'blocat_pana_la', 'esecuri_consecutive',
    'urmatoarea_incercare_la', 'ultima_eroare_cod', 'ultima_eroare', 'inventariat_la', 'ultima_sincronizare'];
  refused text;
begin
  perform intern.verifica_lease(p_dispozitiv_id, p_fence);

  select string_agg(k, ', ' order by k) into refused from jsonb_object_keys(p_stare) k where k <> all (allowed);
  if refused is not null then
    raise exception 'The daemon does not write these columns of dispozitive_pontaj: %.', refused
      using errcode = 'PT422', detail = 'column_refused', hint = 'Allowed: ' || array_to_string(allowed, ', ') || '.';
  end if;

  update public.dispozitive_pontaj d
  set status = case when p_stare ? 'status' and d.status <> 'inactiv' then n.status else d.status end,
      numar_serie = n.numar_serie,
      model = n.model,
      firmware = n.firmware,
      capabilitati = n.capabilitati,
      livrare_foto = n.livrare_foto,
      credentiale_refuzate = n.credentiale_refuzate,
      credentiale_acceptate = n.credentiale_acceptate,
      credentiale_neclare = n.credentiale_neclare,
      incercari_ramase = n.incercari_ramase,
      blocat_pana_la = n.blocat_pana_la,
      esecuri_consecutive = coalesce(n.esecuri_consecutive, 0),
      urmatoarea_incercare_la = n.urmatoarea_incercare_la,
      ultima_eroare_cod = n.ultima_eroare_cod,
      ultima_eroare = n.ultima_eroare,
      inventariat_la = n.inventariat_la,
      ultima_sincronizare = greatest(d.ultima_sincronizare, n.ultima_sincronizare)
  -- Keys that are absent keep the row's value.
  from public.dispozitive_pontaj old
  cross join lateral jsonb_populate_record(old, p_stare) n
  where d.id = p_dispozitiv_id and old.id = d.id;
end
$$;

-- As before, with the new function and the new columns.
create or replace function intern.aplica_acces() returns void
language plpgsql set search_path = '' as $$
declare
  tables constant text[] := array[
    'angajati', 'angajati_biometrie', 'angajati_numere_date', 'dispozitive_pontaj', 'dispozitive_lease',
    'angajati_biometrie_dispozitive', 'sincronizari', 'sincronizari_dispozitive', 'sincronizari_linii'];
  -- For nobody but the daemon.
  hidden_tables constant text[] := array['angajati_numere_date', 'dispozitive_lease'];
  -- Of terminals: what people log in with, under whatever name a project keeps it beside ours, and how many guesses
  -- at it are left.
  hidden_columns constant text := 'user|pass|parola|secret|token|credential|cheie|key|incercari_ramase';
  relation text;
  readable text;
  view_name text;
  fn text;
begin
  foreach relation in array tables loop
    execute format('alter table public.%I enable row level security', relation);
    execute format('revoke all on table public.%I from public, anon, authenticated', relation);
    execute format('grant select, insert, update, delete on table public.%I to service_role', relation);
    continue when relation = any (hidden_tables);

    select string_agg(quote_ident(a.attname), ', ' order by a.attnum) into readable
    from pg_catalog.pg_attribute a
    where a.attrelid = format('public.%I', relation)::regclass and a.attnum > 0 and not a.attisdropped
      and not (relation = 'dispozitive_pontaj' and a.attname ~* hidden_columns);
    execute format('grant select (%s) on table public.%I to authenticated', readable, relation);

    -- A project's own rule about who reads is the narrower one: it is not widened.
    if not exists (
      select 1 from pg_catalog.pg_policies p
      where p.schemaname = 'public' and p.tablename = relation and p.permissive = 'PERMISSIVE'
        and p.cmd in ('ALL', 'SELECT')
    ) then
      execute format('create policy %I on public.%I for select to authenticated using (true)',
                     relation || '_citire', relation);
    end if;
  end loop;

  revoke all on sequence public.angajat_employee_no_seq from public, anon, authenticated;
  grant usage, select, update on sequence public.angajat_employee_no_seq to service_role;

  -- A view runs with its owner's rights: one that shows terminals would show the passwords to whoever may read it.
  for view_name in
    with recursive shows (oid) as (
      select distinct r.ev_class
      from pg_catalog.pg_depend d
      join pg_catalog.pg_rewrite r on r.oid = d.objid and d.classid = 'pg_rewrite'::regclass
      join pg_catalog.pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
      where d.refobjid = 'public.dispozitive_pontaj'::regclass and a.attname ~* hidden_columns
      union
      select r.ev_class
      from shows
      join pg_catalog.pg_depend d on d.refobjid = shows.oid and d.classid = 'pg_rewrite'::regclass
      join pg_catalog.pg_rewrite r on r.oid = d.objid and r.ev_class <> shows.oid
    )
    select shows.oid::regclass::text from shows
  loop
    execute format('revoke all on %s from public, anon, authenticated', view_name);
  end loop;

  revoke all on schema intern from public, anon, authenticated;
  grant usage on schema intern to service_role;
  for fn in
    select p.oid::regprocedure::text
    from pg_catalog.pg_proc p
    where p.pronamespace = 'intern'::regnamespace
      or (p.pronamespace = 'public'::regnamespace and p.proname = any (array[
        'numeroteaza_angajati', 'inchideri_datorate', 'creeaza_sincronizare', 'cere_anulare',
        'termina_sincronizare', 'ia_dispozitive_cu_lucru', 'preia_dispozitive', 'prelungeste_lease', 'elibereaza_lease',
        'scrie_rezultate', 'scrie_urmarire', 'scrie_dispozitiv']))
  loop
    execute format('revoke all on function %s from public, anon, authenticated', fn);
    execute format('grant execute on function %s to service_role', fn);
  end loop;
end
$$;

-- The new columns are for nobody but the daemon.
select intern.aplica_acces();
