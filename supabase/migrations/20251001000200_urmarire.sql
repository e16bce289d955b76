-- What is known of each employee number on each terminal: person and face apart, so that an incremental sync sends
-- only what changed. A row outlives its biometrics row: the number is never reused, and closing the access of
-- somebody who left stays owed until the terminal confirms it.

create table if not exists public.angajati_biometrie_dispozitive (
  id uuid not null default gen_random_uuid(),
  angajat_biometrie_id uuid,
  dispozitiv_id uuid not null,
  status_sincronizare text default 'pending',
  sincronizat_la timestamptz,
  eroare_detalii text
);

alter table public.angajati_biometrie_dispozitive
  add column if not exists id uuid default gen_random_uuid(),
  add column if not exists employee_no integer,
  add column if not exists status_sincronizare text default 'pending',
  add column if not exists sincronizat_la timestamptz,
  add column if not exists eroare_cod text,
  add column if not exists eroare_detalii text,
  add column if not exists persoana_stare text not null default 'necunoscuta',
  add column if not exists persoana_amprenta text,
  add column if not exists fata_stare text not null default 'necunoscuta',
  add column if not exists fata_amprenta text,
  add column if not exists acces_inchis boolean not null default false,
  add column if not exists actualizat_la timestamptz not null default now();

-- An older tracking table may have another primary key, and foreign keys that delete the row with the biometrics.
do $$
declare
  old_key record;
begin
  for old_key in
    select c.conname from pg_catalog.pg_constraint c
    where c.conrelid = 'public.angajati_biometrie_dispozitive'::regclass
      and (c.contype = 'f'
        or (c.contype = 'p' and c.conkey <> array[(
          select a.attnum from pg_catalog.pg_attribute a
          where a.attrelid = c.conrelid and a.attname = 'id'
        )]::smallint[]))
  loop
    execute format('alter table public.angajati_biometrie_dispozitive drop constraint %I', old_key.conname);
  end loop;
end
$$;

alter table public.angajati_biometrie_dispozitive alter column angajat_biometrie_id drop not null;

-- Old rows: the number comes from the biometrics row. What is left without a number or a terminal names nobody, and
-- of doubles the one synchronised last is the truth.
update public.angajati_biometrie_dispozitive t
set employee_no = b.employee_no
from public.angajati_biometrie b
where t.employee_no is null and b.id = t.angajat_biometrie_id;

delete from public.angajati_biometrie_dispozitive t
where t.employee_no is null
  or not exists (select 1 from public.dispozitive_pontaj d where d.id = t.dispozitiv_id);

delete from public.angajati_biometrie_dispozitive t
using (
  select x.ctid as place,
         row_number() over (partition by x.dispozitiv_id, x.employee_no
                            order by x.sincronizat_la desc nulls last, x.id) as nth
  from public.angajati_biometrie_dispozitive x
) doubles
where t.ctid = doubles.place and doubles.nth > 1;

update public.angajati_biometrie_dispozitive
set id = coalesce(id, gen_random_uuid()),
    status_sincronizare = coalesce(status_sincronizare, 'pending')
where id is null or status_sincronizare is null;

alter table public.angajati_biometrie_dispozitive
  alter column id set not null,
  alter column id set default gen_random_uuid(),
  alter column dispozitiv_id set not null,
  alter column employee_no set not null,
  alter column status_sincronizare set not null,
  alter column status_sincronizare set default 'pending';

do $$
begin
  if not exists (
    select 1 from pg_catalog.pg_constraint
    where conrelid = 'public.angajati_biometrie_dispozitive'::regclass and contype = 'p'
  ) then
    alter table public.angajati_biometrie_dispozitive
      add constraint angajati_biometrie_dispozitive_pkey primary key (id);
  end if;
end
$$;

alter table public.angajati_biometrie_dispozitive
  add constraint abd_angajat_biometrie_id_fkey
    foreign key (angajat_biometrie_id) references public.angajati_biometrie (id) on delete set null,
  add constraint abd_dispozitiv_id_fkey
    foreign key (dispozitiv_id) references public.dispozitive_pontaj (id) on delete cascade,
  add constraint abd_status_check
    check (status_sincronizare in ('pending', 'sincronizat', 'eroare')) not valid,
  add constraint abd_persoana_stare_check
    check (persoana_stare in ('necunoscuta', 'absenta', 'confirmata', 'straina')),
  add constraint abd_persoana_amprenta_check
    check ((persoana_stare = 'confirmata') = (persoana_amprenta is not null)),
  add constraint abd_fata_stare_check
    check (fata_stare in ('necunoscuta', 'absenta', 'confirmata', 'straina')),
  add constraint abd_fata_amprenta_check
    check ((fata_stare = 'confirmata') = (fata_amprenta is not null)),
  add constraint abd_dispozitiv_employee_no_key unique (dispozitiv_id, employee_no),
  add constraint abd_biometrie_dispozitiv_key unique (angajat_biometrie_id, dispozitiv_id);

comment on table public.angajati_biometrie_dispozitive is
  'One employee number on one terminal: what the terminal confirmed, and what went wrong last.';

-- Whose access is still open on the terminal although they are no longer active, or no longer in the database.
create or replace function public.inchideri_datorate(p_dispozitiv_id uuid, p_limita integer)
returns setof public.angajati_biometrie_dispozitive
language sql stable set search_path = '' as $$
  select t.*
  from public.angajati_biometrie_dispozitive t
  left join public.angajati_biometrie b on b.id = t.angajat_biometrie_id
  left join public.angajati a on a.id = b.angajat_id
  where t.dispozitiv_id = p_dispozitiv_id
    and t.persoana_stare <> 'absenta'
    and not t.acces_inchis
    and a.status is distinct from 'activ'
  order by t.employee_no
  limit p_limita
$$;
