-- What a daemon writes for a terminal, always under its lease. Every function may be called again with the same
-- values after a lost answer: nothing is counted twice, nothing moves back.

-- Tracking rows by employee number; of doubles in the array the last one counts. The link to the biometrics row
-- follows from the number, which belongs to one row for ever and outlives it.
create or replace function intern.pune_urmarire(p_dispozitiv_id uuid, p_randuri jsonb) returns void
language plpgsql set search_path = '' as $$
begin
  -- A biometrics row deleted at this moment must not become a dangling link.
  perform 1 from public.angajati_biometrie b
  where b.employee_no in (select (r.value ->> 'employee_no')::integer from jsonb_array_elements(p_randuri) r)
  order by b.employee_no
  for key share;

  insert into public.angajati_biometrie_dispozitive as t (
    dispozitiv_id, employee_no, angajat_biometrie_id, status_sincronizare, sincronizat_la, eroare_cod,
    eroare_detalii, persoana_stare, persoana_amprenta, fata_stare, fata_amprenta, acces_inchis, actualizat_la)
  select distinct on (x.employee_no)
    p_dispozitiv_id, x.employee_no, b.id, coalesce(x.status_sincronizare, 'pending'), x.sincronizat_la, x.eroare_cod,
    x.eroare_detalii, coalesce(x.persoana_stare, 'necunoscuta'), x.persoana_amprenta,
    coalesce(x.fata_stare, 'necunoscuta'), x.fata_amprenta, coalesce(x.acces_inchis, false), now()
  from jsonb_array_elements(p_randuri) with ordinality as r (value, nth)
  cross join lateral jsonb_to_record(r.value) as x (
    employee_no integer, status_sincronizare text, sincronizat_la timestamptz, eroare_cod text, eroare_detalii text,
    persoana_stare text, persoana_amprenta text, fata_stare text, fata_amprenta text, acces_inchis boolean)
  left join public.angajati_biometrie b on b.employee_no = x.employee_no
  order by x.employee_no, r.nth desc
  on conflict (dispozitiv_id, employee_no) do update set
    angajat_biometrie_id = excluded.angajat_biometrie_id,
    status_sincronizare = excluded.status_sincronizare,
    sincronizat_la = excluded.sincronizat_la,
    eroare_cod = excluded.eroare_cod,
    eroare_detalii = excluded.eroare_detalii,
    persoana_stare = excluded.persoana_stare,
    persoana_amprenta = excluded.persoana_amprenta,
    fata_stare = excluded.fata_stare,
    fata_amprenta = excluded.fata_amprenta,
    acces_inchis = excluded.acces_inchis,
    actualizat_la = excluded.actualizat_la;
end
$$;

-- Lines of one leg, and its counters moved by the difference to what stood there before.
create or replace function intern.pune_linii(p_run_id uuid, p_dispozitiv_id uuid, p_linii jsonb) returns void
language plpgsql set search_path = '' as $$
declare
  numbers integer[];
begin
  -- A run that was removed meanwhile has no use for results.
  if not exists (select 1 from public.sincronizari_dispozitive l
                 where l.sincronizare_id = p_run_id and l.dispozitiv_id = p_dispozitiv_id) then
    return;
  end if;

  select array_agg(distinct (r.value ->> 'employee_no')::integer) into numbers
  from jsonb_array_elements(p_linii) r;

  with before as (
    select l.status, l.persoana from public.sincronizari_linii l
    where l.sincronizare_id = p_run_id and l.dispozitiv_id = p_dispozitiv_id and l.employee_no = any (numbers)
  ), after as (
    insert into public.sincronizari_linii as l (
      sincronizare_id, dispozitiv_id, employee_no, angajat_id, status, persoana, fata, motive, eroare_cod,
      eroare_mesaj, la)
    select distinct on (x.employee_no)
      p_run_id, p_dispozitiv_id, x.employee_no, x.angajat_id, x.status, x.persoana, x.fata,
      coalesce(x.motive, '{}'), x.eroare_cod, x.eroare_mesaj, coalesce(x.la, now())
    from jsonb_array_elements(p_linii) with ordinality as r (value, nth)
    cross join lateral jsonb_to_record(r.value) as x (
      employee_no integer, angajat_id uuid, status text, persoana text, fata text, motive text[],
      eroare_cod text, eroare_mesaj text, la timestamptz)
    order by x.employee_no, r.nth desc
    on conflict (sincronizare_id, dispozitiv_id, employee_no) do update set
      angajat_id = excluded.angajat_id, status = excluded.status, persoana = excluded.persoana,
      fata = excluded.fata, motive = excluded.motive, eroare_cod = excluded.eroare_cod,
      eroare_mesaj = excluded.eroare_mesaj, la = excluded.la
    returning l.status, l.persoana
  ), change as (
    select count(*) filter (where status = 'sincronizat') as reusite,
           count(*) filter (where status = 'sincronizat' and persoana = 'already_exists') as existente,
           count(*) filter (where status = 'partial') as partiale,
           count(*) filter (where status = 'omis') as omise,
           count(*) filter (where status = 'eroare') as esuate,
           count(*) filter (where status = 'neincercat') as neincercate,
           sign
    from (select *, 1 as sign from after union all select *, -1 from before) both_sides
    group by sign
  ), total as (
    select sum(sign * reusite) as reusite, sum(sign * existente) as existente, sum(sign * partiale) as partiale,
           sum(sign * omise) as omise, sum(sign * esuate) as esuate, sum(sign * neincercate) as neincercate
    from change
  )
  update public.sincronizari_dispozitive leg
  set reusite = leg.reusite + total.reusite,
      existente = leg.existente + total.existente,
      partiale = leg.partiale + total.partiale,
      omise = leg.omise + total.omise,
      esuate = leg.esuate + total.esuate,
      neincercate = leg.neincercate + total.neincercate,
      actualizat_la = now()
  from total
  where leg.sincronizare_id = p_run_id and leg.dispozitiv_id = p_dispozitiv_id;

  -- A pair that got a line after all is told by the line alone. Rare, and the list may be long.
  if exists (select 1 from public.sincronizari_dispozitive leg
             where leg.sincronizare_id = p_run_id and leg.dispozitiv_id = p_dispozitiv_id
               and leg.neschimbate && numbers) then
    update public.sincronizari_dispozitive leg
    set neschimbate = kept.list, reusite = leg.reusite - (cardinality(leg.neschimbate) - cardinality(kept.list))
    from (
      select coalesce(array_agg(n.employee_no order by n.nth), '{}') as list
      from public.sincronizari_dispozitive l
      cross join lateral unnest(l.neschimbate) with ordinality as n (employee_no, nth)
      where l.sincronizare_id = p_run_id and l.dispozitiv_id = p_dispozitiv_id and n.employee_no <> all (numbers)
    ) kept
    where leg.sincronizare_id = p_run_id and leg.dispozitiv_id = p_dispozitiv_id;
  end if;
end
$$;

-- A leg's state, cursor and unchanged numbers. The cursor never moves back, a leg that is over stays over.
create or replace function intern.pune_progres(p_dispozitiv_id uuid, p_progres jsonb) returns void
language plpgsql set search_path = '' as $$
declare
  final_states constant text[] := array['ok', 'partial', 'stopped', 'cancelled'];
  x record;
  added integer[] := '{}';
begin
  select q.* into x from jsonb_to_record(p_progres) as q (
    run_id uuid, stare text, cursor_employee_no integer, motiv_cod text, motiv text, neschimbate integer[]);

  -- Set operations, because both lists may hold every employee of the company.
  if cardinality(x.neschimbate) > 0 then
    select coalesce(array_agg(n.employee_no order by n.employee_no), '{}') into added
    from (
      select unnest(x.neschimbate) as employee_no
      except
      select unnest(leg.neschimbate) from public.sincronizari_dispozitive leg
      where leg.sincronizare_id = x.run_id and leg.dispozitiv_id = p_dispozitiv_id
      except
      select l.employee_no from public.sincronizari_linii l
      where l.sincronizare_id = x.run_id and l.dispozitiv_id = p_dispozitiv_id
        and l.employee_no = any (x.neschimbate)
    ) n;
  end if;

  update public.sincronizari_dispozitive leg
  set neschimbate = case when cardinality(added) > 0 then leg.neschimbate || added else leg.neschimbate end,
      reusite = leg.reusite + cardinality(added),
      cursor_employee_no = greatest(leg.cursor_employee_no, x.cursor_employee_no),
      stare = case when leg.stare = any (final_states) or (leg.stare = 'running' and x.stare = 'queued')
                   then leg.stare else coalesce(x.stare, leg.stare) end,
      motiv_cod = case when leg.stare = any (final_states) then leg.motiv_cod else x.motiv_cod end,
      motiv = case when leg.stare = any (final_states) then leg.motiv else x.motiv end,
      actualizat_la = now()
  where leg.sincronizare_id = x.run_id and leg.dispozitiv_id = p_dispozitiv_id;
end
$$;

-- p_rezultate: array of {run_id, linie: {columns of sincronizari_linii}, urmarire: {columns of the tracking row} | null}.
-- p_progres: array of {run_id, stare, cursor_employee_no, motiv_cod, motiv, neschimbate: [employee_no]}.
-- One transaction under the lease.
create or replace function public.scrie_rezultate(
  p_dispozitiv_id uuid, p_fence bigint, p_rezultate jsonb, p_progres jsonb
) returns void
language plpgsql set search_path = '' as $$
declare
  tracked jsonb;
  runs uuid[];
  part record;
begin
  perform intern.verifica_lease(p_dispozitiv_id, p_fence);

  select jsonb_agg(r.value -> 'urmarire' order by r.nth) into tracked
  from jsonb_array_elements(p_rezultate) with ordinality as r (value, nth)
  where jsonb_typeof(r.value -> 'urmarire') = 'object';
  if tracked is not null then
    perform intern.pune_urmarire(p_dispozitiv_id, tracked);
  end if;

  for part in
    select (r.value ->> 'run_id')::uuid as run_id, jsonb_agg(r.value -> 'linie' order by r.nth) as lines
    from jsonb_array_elements(p_rezultate) with ordinality as r (value, nth)
    group by 1 order by 1
  loop
    perform intern.pune_linii(part.run_id, p_dispozitiv_id, part.lines);
  end loop;

  for part in
    select r.value as progress from jsonb_array_elements(p_progres) with ordinality as r (value, nth) order by r.nth
  loop
    perform intern.pune_progres(p_dispozitiv_id, part.progress);
  end loop;

  select array_agg(distinct (r.value ->> 'run_id')::uuid) into runs
  from (select value from jsonb_array_elements(p_rezultate)
        union all select value from jsonb_array_elements(p_progres)) r;
  -- In the order of the id, so that two terminals starting the same runs do not wait for each other in a ring.
  perform 1 from public.sincronizari s where s.id = any (runs) and s.stare = 'queued' order by s.id for update;
  update public.sincronizari s
  set stare = 'running', inceput_la = coalesce(s.inceput_la, now())
  where s.id = any (runs) and s.stare = 'queued';
end
$$;

-- Tracking learned from the terminal itself, without a run's line. p_urmarire: array of tracking columns.
create or replace function public.scrie_urmarire(p_dispozitiv_id uuid, p_fence bigint, p_urmarire jsonb) returns void
language plpgsql set search_path = '' as $$
begin
  perform intern.verifica_lease(p_dispozitiv_id, p_fence);
  perform intern.pune_urmarire(p_dispozitiv_id, p_urmarire);
end
$$;

-- What the daemon remembers of a terminal. Only the keys present in p_stare are written; where it stands and how to log
-- in belong to people, and so does status 'inactiv'. ultima_sincronizare never moves back.
create or replace function public.scrie_dispozitiv(p_dispozitiv_id uuid, p_fence bigint, p_stare jsonb) returns void
language plpgsql set search_path = '' as $$
declare
  allowed constant text[] := array[
    'status', 'numar_serie', 'model', 'firmware', 'capabilitati', 'livrare_foto', 'credentiale_refuzate',
    'blocat_pana_la', 'esecuri_consecutive', 'urmatoarea_incercare_la', 'ultima_eroare_cod', 'ultima_eroare',
    'inventariat_la', 'ultima_sincronizare'];
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
