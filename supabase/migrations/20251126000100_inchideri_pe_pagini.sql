-- Closings owed are read by pages: where more of them fail than one answer holds, those after them had no turn. A
-- daemon of the former version, still running, asks without p_dupa and gets the first page.
drop function if exists public.inchideri_datorate(uuid, integer);

create or replace function public.inchideri_datorate(
  p_dispozitiv_id uuid, p_limita integer, p_dupa integer default null
)
returns setof public.angajati_biometrie_dispozitive
language sql stable set search_path = '' as $$
  select t.*
  from public.angajati_biometrie_dispozitive t
  left join public.angajati_biometrie b on b.id = t.angajat_biometrie_id
  left join public.angajati a on a.id = b.angajat_id
  where t.dispozitiv_id = p_dispozitiv_id
    and (p_dupa is null or t.employee_no > p_dupa)
    and t.persoana_stare <> 'absenta'
    and not t.acces_inchis
    and a.status is distinct from 'activ'
  order by t.employee_no
  limit p_limita
$$;

select intern.aplica_acces();
