-- After seed.sql, where each simulated terminal is a host of its own (docker-compose.yml). Safe to run again.
insert into public.dispozitive_pontaj (id, nume, ip_address, port, username, password_encrypted, status) values
  ('00000000-0000-4000-8000-00000000d001', 'Poarta 1', 'poarta-1', 80, 'admin', 'Parola-123', 'activ'),
  ('00000000-0000-4000-8000-00000000d002', 'Poarta 2', 'poarta-2', 80, 'admin', 'Parola-123', 'activ'),
  ('00000000-0000-4000-8000-00000000d003', 'Poarta 3', 'poarta-3', 80, 'admin', 'Parola-123', 'activ')
on conflict (id) do update set ip_address = excluded.ip_address, port = excluded.port;
