-- Under ADOPT_PERSONS=same-name: whether whoever has a number on a terminal is ours. A row that was once in step told
-- that for ever, even when the person had been seen gone since and somebody else was typed in; and a person whose
-- creation was not heard of was known by no name once the database had another one.
alter table public.angajati_biometrie_dispozitive
  add column if not exists recunoscuta boolean not null default false,
  add column if not exists nume_trimise text[] not null default '{}';

comment on column public.angajati_biometrie_dispozitive.recunoscuta is
  'The person with this number on the terminal was found to be ours, and was never seen gone since.';
comment on column public.angajati_biometrie_dispozitive.nume_trimise is
  'Fingerprints of the names that were to be written while that was not clear: whoever is called so is ours.';

update public.angajati_biometrie_dispozitive
set recunoscuta = true
where persoana_stare = 'confirmata'
  or (persoana_stare <> 'absenta' and sincronizat_la is not null and eroare_cod is distinct from 'person_conflict');

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
    eroare_detalii, persoana_stare, persoana_amprenta, fata_stare, fata_amprenta, acces_inchis, recunoscuta,
    nume_trimise, actualizat_la)
  select distinct on (x.employee_no)
    p_dispozitiv_id, x.employee_no, b.id, coalesce(x.status_sincronizare, 'pending'), x.sincronizat_la, x.eroare_cod,
    x.eroare_detalii, coalesce(x.persoana_stare, 'necunoscuta'), x.persoana_amprenta,
    coalesce(x.fata_stare, 'necunoscuta'), x.fata_amprenta, coalesce(x.acces_inchis, false),
    -- A daemon of the former version, still running, does not write these: what is known stays known.
    coalesce(
      x.recunoscuta,
      x.persoana_stare = 'confirmata' or (o.recunoscuta and x.persoana_stare is distinct from 'absenta'),
      false),
    coalesce(x.nume_trimise, o.nume_trimise, '{}'), now()
  from jsonb_array_elements(p_randuri) with ordinality as r (value, nth)
  cross join lateral jsonb_to_record(r.value) as x (
    employee_no integer, status_sincronizare text, sincronizat_la timestamptz, eroare_cod text, eroare_detalii text,
    persoana_stare text, persoana_amprenta text, fata_stare text, fata_amprenta text, acces_inchis boolean,
    recunoscuta boolean, nume_trimise text[])
  left join public.angajati_biometrie b on b.employee_no = x.employee_no
  left join public.angajati_biometrie_dispozitive o
    on o.dispozitiv_id = p_dispozitiv_id and o.employee_no = x.employee_no
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
    recunoscuta = excluded.recunoscuta,
    nume_trimise = excluded.nume_trimise,
    actualizat_la = excluded.actualizat_la;
end
$$;

select intern.aplica_acces();
