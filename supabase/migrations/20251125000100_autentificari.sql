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

-- As before, and whether the one who had the terminal last never gave it back.
drop function public.ia_dispozitive_cu_lucru(text, integer, integer);
create function public.ia_dispozitive_cu_lucru(p_detinator text, p_durata_ms integer, p_limita integer)
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

-- The new columns are for nobody but the daemon, the new function too.
select intern.aplica_acces();
