-- A small invented company for the local stack: three employees, two terminals. Safe to run again.
insert into public.angajati (id, nume, prenume, nume_complet, status) values
  ('00000000-0000-4000-8000-00000000a001', 'Popescu', 'Ion', 'Popescu Ion', 'activ'),
  ('00000000-0000-4000-8000-00000000a002', 'Ionescu', 'Maria', 'Ionescu Maria', 'activ'),
  ('00000000-0000-4000-8000-00000000a003', 'Radu', 'Vasile', 'Radu Vasile', 'concediu')
on conflict (id) do nothing;

insert into public.angajati_biometrie (angajat_id, foto_fata_url)
select a.id, null from public.angajati a
where a.id in ('00000000-0000-4000-8000-00000000a001', '00000000-0000-4000-8000-00000000a002',
               '00000000-0000-4000-8000-00000000a003')
order by a.id
on conflict (angajat_id) do nothing;

insert into public.dispozitive_pontaj (id, nume, ip_address, port, username, password_encrypted, status) values
  ('00000000-0000-4000-8000-00000000d001', 'Poarta 1', '127.0.0.1', 9101, 'admin', 'Parola-123', 'activ'),
  ('00000000-0000-4000-8000-00000000d002', 'Poarta 2', '127.0.0.1', 9102, 'admin', 'Parola-123', 'activ')
on conflict (id) do nothing;
