-- The tables the company keeps: employees, their biometrics, the terminals.
-- Many projects have them already, with rows and with columns of their own: nothing here drops or rewrites a column,
-- it only adds what is missing.

-- Functions that only other functions and triggers call: out of reach of the REST API.
create schema if not exists intern;

create table if not exists public.angajati (
  id uuid primary key default gen_random_uuid(),
  nume text,
  prenume text,
  nume_complet text,
  status text not null default 'activ'
);
alter table public.angajati
  add column if not exists nume text,
  add column if not exists prenume text,
  add column if not exists nume_complet text,
  add column if not exists status text default 'activ';

create table if not exists public.angajati_biometrie (
  id uuid primary key default gen_random_uuid(),
  angajat_id uuid not null,
  foto_fata_url text,
  hikvision_employee_no text,
  employee_no integer
);
alter table public.angajati_biometrie
  add column if not exists foto_fata_url text,
  add column if not exists hikvision_employee_no text,
  add column if not exists employee_no integer;

create table if not exists public.dispozitive_pontaj (
  id uuid primary key default gen_random_uuid(),
  nume text not null,
  ip_address text not null,
  port integer not null default 80,
  username text,
  password_encrypted text,
  status text not null default 'activ',
  santier_id uuid,
  ultima_sincronizare timestamptz
);
alter table public.dispozitive_pontaj
  add column if not exists port integer default 80,
  add column if not exists username text,
  add column if not exists password_encrypted text,
  add column if not exists status text default 'activ',
  add column if not exists santier_id uuid,
  add column if not exists ultima_sincronizare timestamptz,
  -- What the daemon needs to reach the terminal.
  add column if not exists protocol text not null default 'http',
  add column if not exists politica_certificat text not null default 'verificat',
  add column if not exists amprenta_certificat text,
  add column if not exists fus_orar text,
  -- What the daemon remembers between runs, restarts and daemons.
  add column if not exists numar_serie text,
  add column if not exists model text,
  add column if not exists firmware text,
  add column if not exists capabilitati jsonb,
  add column if not exists livrare_foto text,
  add column if not exists credentiale_refuzate text,
  add column if not exists blocat_pana_la timestamptz,
  add column if not exists esecuri_consecutive integer not null default 0,
  add column if not exists urmatoarea_incercare_la timestamptz,
  add column if not exists ultima_eroare_cod text,
  add column if not exists ultima_eroare text,
  add column if not exists inventariat_la timestamptz;

comment on column public.dispozitive_pontaj.password_encrypted is
  'The plain password, despite the name. Readable by service_role only.';
comment on column public.dispozitive_pontaj.credentiale_refuzate is
  'Fingerprint of the username and password the terminal refused; never the password itself.';
comment on column public.dispozitive_pontaj.amprenta_certificat is
  'SHA-256 of the certificate in hex, used when politica_certificat is ''amprenta''.';

-- Rules for what is written from now on; old rows that break one stay as they are (not valid).
do $$
declare
  rule record;
begin
  for rule in
    select * from (values
      ('dispozitive_pontaj_status_check', $c$status in ('activ', 'inactiv', 'eroare')$c$),
      ('dispozitive_pontaj_protocol_check', $c$protocol in ('http', 'https')$c$),
      ('dispozitive_pontaj_politica_check', $c$politica_certificat in ('verificat', 'amprenta', 'neverificat')$c$),
      ('dispozitive_pontaj_amprenta_check', $c$politica_certificat <> 'amprenta' or amprenta_certificat is not null$c$),
      ('dispozitive_pontaj_livrare_check', $c$livrare_foto in ('url', 'upload')$c$),
      ('dispozitive_pontaj_port_check', $c$port between 1 and 65535$c$)
    ) as rules (name, condition)
  loop
    if not exists (
      select 1 from pg_catalog.pg_constraint
      where conname = rule.name and conrelid = 'public.dispozitive_pontaj'::regclass
    ) then
      execute format('alter table public.dispozitive_pontaj add constraint %I check (%s) not valid',
                     rule.name, rule.condition);
    end if;
  end loop;
end
$$;

-- One biometrics row per employee, and one that goes when the employee goes. An existing key or foreign key is kept.
do $$
begin
  if not exists (
    select 1 from pg_catalog.pg_constraint c
    where c.conrelid = 'public.angajati_biometrie'::regclass and c.contype = 'f'
      and c.confrelid = 'public.angajati'::regclass
  ) then
    alter table public.angajati_biometrie
      add constraint angajati_biometrie_angajat_id_fkey
      foreign key (angajat_id) references public.angajati (id) on delete cascade not valid;
  end if;
end
$$;

create unique index if not exists angajati_biometrie_angajat_id_key on public.angajati_biometrie (angajat_id);
create unique index if not exists angajati_biometrie_employee_no_key on public.angajati_biometrie (employee_no);
create index if not exists angajati_activi_idx on public.angajati (id) where status = 'activ';
