-- Who drives a terminal: one daemon at a time, until the lease expires. The fence grows with every new holder, so
-- that one that lost its lease cannot write for the terminal any more.

create table public.dispozitive_lease (
  dispozitiv_id uuid primary key references public.dispozitive_pontaj (id) on delete cascade,
  detinator text,
  fence bigint not null default 0,
  expira_la timestamptz not null default '-infinity'
);
comment on column public.dispozitive_lease.detinator is
  'Null after a release: the terminal then rests until expira_la, the pause between two calls.';

-- Milliseconds from now until a moment; never negative.
create or replace function intern.ms_pana_la(p_moment timestamptz) returns bigint
language sql volatile set search_path = '' as $$
  select greatest(0, floor(extract(epoch from p_moment - clock_timestamp()) * 1000))::bigint
$$;

-- Terminals that somebody should drive, and since when: those with open legs, and those in 'eroare' whose next try is
-- due, which is how a terminal comes back by itself.
create or replace function intern.dispozitive_cu_lucru() returns table (dispozitiv_id uuid, de_cand timestamptz)
language sql stable set search_path = '' as $$
  select work.dispozitiv_id, min(work.de_cand)
  from (
    select l.dispozitiv_id, s.cerut_la as de_cand
    from public.sincronizari_dispozitive l
    join public.sincronizari s on s.id = l.sincronizare_id
    join public.dispozitive_pontaj d on d.id = l.dispozitiv_id
    where l.stare in ('queued', 'running')
    union all
    select d.id, d.urmatoarea_incercare_la
    from public.dispozitive_pontaj d
    where d.status = 'eroare' and d.urmatoarea_incercare_la <= clock_timestamp()
  ) work
  group by work.dispozitiv_id
$$;

-- Takes terminals that have work and that nobody drives, those whose work waits longest first.
create or replace function public.ia_dispozitive_cu_lucru(p_detinator text, p_durata_ms integer, p_limita integer)
returns table (dispozitiv_id uuid, fence bigint, expira_in_ms bigint)
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
    select x.dispozitiv_id
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
  returning x.dispozitiv_id, x.fence, intern.ms_pana_la(x.expira_la);
end
$$;

-- Renews the leases in p_lease, an array of {dispozitiv_id, fence}; those missing from the answer are lost.
create or replace function public.prelungeste_lease(p_detinator text, p_lease jsonb, p_durata_ms integer)
returns table (dispozitiv_id uuid, fence bigint, expira_in_ms bigint)
language plpgsql set search_path = '' as $$
#variable_conflict use_column
begin
  return query
  update public.dispozitive_lease x
  set expira_la = clock_timestamp() + make_interval(secs => p_durata_ms / 1000.0)
  from jsonb_to_recordset(p_lease) as held (dispozitiv_id uuid, fence bigint)
  where x.dispozitiv_id = held.dispozitiv_id
    and x.fence = held.fence
    and x.detinator = p_detinator
    and x.expira_la > clock_timestamp()
  returning x.dispozitiv_id, x.fence, intern.ms_pana_la(x.expira_la);
end
$$;

-- Gives a lease back; the terminal rests p_pauza_ms before anybody takes it. A lease already lost is left alone.
create or replace function public.elibereaza_lease(p_dispozitiv_id uuid, p_fence bigint, p_pauza_ms integer)
returns void
language sql set search_path = '' as $$
  update public.dispozitive_lease
  set detinator = null, expira_la = clock_timestamp() + make_interval(secs => p_pauza_ms / 1000.0)
  where dispozitiv_id = p_dispozitiv_id and fence = p_fence and detinator is not null
$$;

-- Holds the lease row until the end of the transaction, so that nobody takes the terminal over in between. A lease
-- that ran out but that nobody took still counts: what the terminal has acknowledged must not be lost.
create or replace function intern.verifica_lease(p_dispozitiv_id uuid, p_fence bigint) returns void
language plpgsql set search_path = '' as $$
begin
  perform 1 from public.dispozitive_lease x
  where x.dispozitiv_id = p_dispozitiv_id and x.fence = p_fence and x.detinator is not null
  for update;
  if not found then
    raise exception 'The lease of terminal % with fence % is no longer held.', p_dispozitiv_id, p_fence
      using errcode = 'PT409', detail = 'lease_lost',
            hint = 'Another daemon drives the terminal now: stop sending to it.';
  end if;
end
$$;
