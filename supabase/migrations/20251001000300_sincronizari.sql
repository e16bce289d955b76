-- A run, its part on each terminal (a leg: what a daemon takes and works through), and the result of every pair.
-- Terminals and employees may be deleted later: the audit trail stays, so ids here are not foreign keys.

create table public.sincronizari (
  id uuid primary key default gen_random_uuid(),
  tip text not null,
  domeniu jsonb not null,
  cheie text not null,
  cerut_de text not null,
  stare text not null default 'queued'
    check (stare in ('queued', 'running', 'completed', 'partial', 'failed', 'cancelled')),
  cerut_la timestamptz not null default now(),
  inceput_la timestamptz,
  terminat_la timestamptz,
  anulare_ceruta_la timestamptz,
  angajati_in_domeniu integer not null default 0,
  angajati_fara_numar integer not null default 0,
  dispozitive integer not null default 0
);
comment on column public.sincronizari.cheie is
  'Canonical scope: while a run with it is queued or running, no second one is created.';

create unique index sincronizari_cheie_deschisa_key on public.sincronizari (cheie)
  where stare in ('queued', 'running');
create index sincronizari_cerut_la_idx on public.sincronizari (cerut_la desc, id desc);

create table public.sincronizari_dispozitive (
  sincronizare_id uuid not null references public.sincronizari (id) on delete cascade,
  dispozitiv_id uuid not null,
  dispozitiv_nume text not null,
  stare text not null default 'queued'
    check (stare in ('queued', 'running', 'ok', 'partial', 'stopped', 'cancelled')),
  motiv_cod text,
  motiv text,
  cursor_employee_no integer,
  neschimbate integer[] not null default '{}',
  reusite integer not null default 0,
  existente integer not null default 0,
  partiale integer not null default 0,
  omise integer not null default 0,
  esuate integer not null default 0,
  neincercate integer not null default 0,
  actualizat_la timestamptz not null default now(),
  primary key (sincronizare_id, dispozitiv_id)
);
comment on column public.sincronizari_dispozitive.cursor_employee_no is
  'All pairs up to and including this number have their result: the next daemon goes on after it.';
comment on column public.sincronizari_dispozitive.neschimbate is
  'Numbers found in step without a call; counted in reusite, kept here instead of as lines.';
comment on column public.sincronizari_dispozitive.existente is
  'Of the persons written, how many were on the terminal already; counted in reusite too.';

create index sincronizari_dispozitive_deschise_idx on public.sincronizari_dispozitive (dispozitiv_id, sincronizare_id)
  where stare in ('queued', 'running');

create table public.sincronizari_linii (
  sincronizare_id uuid not null,
  dispozitiv_id uuid not null,
  employee_no integer not null,
  angajat_id uuid,
  status text not null
    check (status in ('sincronizat', 'partial', 'eroare', 'omis', 'neincercat')),
  persoana text not null
    check (persoana in ('created', 'already_exists', 'updated', 'unchanged', 'failed', 'skipped', 'not_attempted')),
  fata text not null
    check (fata in ('set', 'unchanged', 'missing', 'failed', 'skipped', 'not_attempted')),
  motive text[] not null default '{}',
  eroare_cod text,
  eroare_mesaj text,
  la timestamptz not null default now(),
  primary key (sincronizare_id, dispozitiv_id, employee_no),
  foreign key (sincronizare_id, dispozitiv_id)
    references public.sincronizari_dispozitive (sincronizare_id, dispozitiv_id) on delete cascade
);
create index sincronizari_linii_ordine_idx
  on public.sincronizari_linii (sincronizare_id, employee_no, dispozitiv_id);

-- Creates a run and one queued leg per terminal, unless a run with the same scope is still open: then that one's id.
create or replace function public.creeaza_sincronizare(
  p_domeniu jsonb, p_cheie text, p_cerut_de text, p_dispozitive uuid[], p_angajati integer, p_fara_numar integer
) returns jsonb
language plpgsql set search_path = '' as $$
declare
  -- The open run may end between the refused insert and the look for it.
  max_tries constant integer := 5;
  run uuid;
  legs integer;
begin
  for try in 1..max_tries loop
    insert into public.sincronizari (tip, domeniu, cheie, cerut_de, angajati_in_domeniu, angajati_fara_numar)
    values (coalesce(p_domeniu ->> 'kind', 'unknown'), p_domeniu, p_cheie, p_cerut_de,
            coalesce(p_angajati, 0), coalesce(p_fara_numar, 0))
    on conflict (cheie) where stare in ('queued', 'running') do nothing
    returning id into run;

    if run is not null then
      insert into public.sincronizari_dispozitive (sincronizare_id, dispozitiv_id, dispozitiv_nume)
      select run, d.id, d.nume from public.dispozitive_pontaj d where d.id = any (p_dispozitive);
      get diagnostics legs = row_count;
      update public.sincronizari s
      set dispozitive = legs,
          stare = case when legs = 0 then 'completed' else s.stare end,
          terminat_la = case when legs = 0 then now() end
      where s.id = run;
      return jsonb_build_object('run_id', run, 'created', true);
    end if;

    select s.id into run from public.sincronizari s
    where s.cheie = p_cheie and s.stare in ('queued', 'running');
    if run is not null then
      return jsonb_build_object('run_id', run, 'created', false);
    end if;
  end loop;
  raise exception 'Runs with the same scope keep starting and ending.'
    using errcode = 'PT409', detail = 'run_contended', hint = 'Ask again.';
end
$$;

-- Marks a run to be cancelled; its legs stop after the calls in flight. A run that is over stays as it ended.
create or replace function public.cere_anulare(p_run_id uuid) returns jsonb
language plpgsql set search_path = '' as $$
declare
  state text;
begin
  update public.sincronizari s
  set anulare_ceruta_la = case when s.stare in ('queued', 'running')
                               then coalesce(s.anulare_ceruta_la, now()) else s.anulare_ceruta_la end
  where s.id = p_run_id
  returning s.stare into state;
  if state is null then
    raise exception 'There is no run %.', p_run_id using errcode = 'PT404', detail = 'run_unknown';
  end if;
  return jsonb_build_object('stare', state);
end
$$;

-- Ends a run whose legs are all over; finished is true for the one caller that ended it.
create or replace function public.termina_sincronizare(p_run_id uuid) returns jsonb
language plpgsql set search_path = '' as $$
declare
  run record;
  legs record;
  final text;
begin
  select s.stare, s.anulare_ceruta_la is not null as cancel_requested into run
  from public.sincronizari s where s.id = p_run_id for update;
  if not found then
    raise exception 'There is no run %.', p_run_id using errcode = 'PT404', detail = 'run_unknown';
  end if;

  select count(*) as total,
         count(*) filter (where l.stare in ('queued', 'running')) as open,
         count(*) filter (where l.stare = 'stopped') as stopped,
         count(*) filter (where l.stare = 'cancelled') as cancelled,
         count(*) filter (where l.stare = 'ok' and l.partiale + l.esuate + l.neincercate = 0) as clean
  into legs
  from public.sincronizari_dispozitive l where l.sincronizare_id = p_run_id;

  if run.stare not in ('queued', 'running') or legs.open > 0 then
    return jsonb_build_object('finished', false, 'stare', run.stare);
  end if;

  final := case
    when run.cancel_requested and legs.cancelled > 0 then 'cancelled'
    when legs.total > 0 and legs.stopped = legs.total then 'failed'
    when legs.clean = legs.total then 'completed'
    else 'partial'
  end;
  update public.sincronizari s
  set stare = final, inceput_la = coalesce(s.inceput_la, now()), terminat_la = now()
  where s.id = p_run_id;
  return jsonb_build_object('finished', true, 'stare', final);
end
$$;

-- A deleted terminal can never be worked through: its open legs end, and so do the runs that waited for it alone.
create or replace function intern.incheie_dispozitiv_sters() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  run uuid;
begin
  for run in
    update public.sincronizari_dispozitive l
    set stare = 'stopped', motiv_cod = 'device_deleted', motiv = 'The terminal was deleted.', actualizat_la = now()
    where l.dispozitiv_id = old.id and l.stare in ('queued', 'running')
    returning l.sincronizare_id
  loop
    perform public.termina_sincronizare(run);
  end loop;
  return null;
end
$$;

create trigger incheie_dispozitiv_sters
  after delete on public.dispozitive_pontaj
  for each row execute function intern.incheie_dispozitiv_sters();
