-- Who may what: service_role writes; a signed-in user reads everything but the secrets of terminals; nobody else
-- reads anything. Grants that were there before are withdrawn first. Policies that were there stay, they can only
-- narrow what the grants below leave open.

grant usage on schema public to anon, authenticated, service_role;

-- A function, because it may have to be applied again: after a tool that grants everything in `public` to everybody
-- (the embedded local stack is one).
create or replace function intern.aplica_acces() returns void
language plpgsql set search_path = '' as $$
declare
  tables constant text[] := array[
    'angajati', 'angajati_biometrie', 'angajati_numere_date', 'dispozitive_pontaj', 'dispozitive_lease',
    'angajati_biometrie_dispozitive', 'sincronizari', 'sincronizari_dispozitive', 'sincronizari_linii'];
  -- For nobody but the daemon.
  hidden_tables constant text[] := array['angajati_numere_date', 'dispozitive_lease'];
  -- Of terminals: what people log in with, under whatever name a project keeps it beside ours.
  hidden_columns constant text := 'user|pass|parola|secret|token|credential|cheie|key';
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
        'termina_sincronizare', 'ia_dispozitive_cu_lucru', 'prelungeste_lease', 'elibereaza_lease',
        'scrie_rezultate', 'scrie_urmarire', 'scrie_dispozitiv']))
  loop
    execute format('revoke all on function %s from public, anon, authenticated', fn);
    execute format('grant execute on function %s to service_role', fn);
  end loop;
end
$$;

select intern.aplica_acces();
