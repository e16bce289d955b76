-- Whoever corrects how a terminal in 'eroare' is reached or logged in to need not ask for a sync: it is tried at once,
-- or when its lock has run out.
create or replace function intern.incearca_dupa_corectare() returns trigger
language plpgsql set search_path = '' as $$
begin
  if new.status = 'eroare'
    and (new.ip_address, new.port, new.protocol, new.username, new.password_encrypted,
         new.politica_certificat, new.amprenta_certificat)
        is distinct from
        (old.ip_address, old.port, old.protocol, old.username, old.password_encrypted,
         old.politica_certificat, old.amprenta_certificat)
  then
    new.urmatoarea_incercare_la := greatest(clock_timestamp(), new.blocat_pana_la);
  end if;
  return new;
end
$$;

drop trigger if exists incearca_dupa_corectare on public.dispozitive_pontaj;
create trigger incearca_dupa_corectare before update of
  ip_address, port, protocol, username, password_encrypted, politica_certificat, amprenta_certificat
  on public.dispozitive_pontaj
  for each row execute function intern.incearca_dupa_corectare();

select intern.aplica_acces();
