-- Who is on a terminal and is not ours is reported and left alone: by the run that read the terminal's list, with the
-- numbers they have there, and no names.
alter table public.sincronizari_dispozitive
  add column if not exists straini_numar integer,
  add column if not exists straini text[] not null default '{}';

comment on column public.sincronizari_dispozitive.straini_numar is
  'Persons on the terminal that are not ours; null where this run did not read its list.';
comment on column public.sincronizari_dispozitive.straini is 'Numbers of the first of them, as the terminal has them.';

-- A leg's state, cursor, unchanged numbers, and strangers. The cursor never moves back, a leg that is over stays over.
create or replace function intern.pune_progres(p_dispozitiv_id uuid, p_progres jsonb) returns void
language plpgsql set search_path = '' as $$
declare
  final_states constant text[] := array['ok', 'partial', 'stopped', 'cancelled'];
  x record;
  added integer[] := '{}';
begin
  select q.* into x from jsonb_to_record(p_progres) as q (
    run_id uuid, stare text, cursor_employee_no integer, motiv_cod text, motiv text, neschimbate integer[],
    straini_numar integer, straini text[]);

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
      -- Who is on the terminal and not ours is told once, when its list was read.
      straini_numar = coalesce(x.straini_numar, leg.straini_numar),
      straini = coalesce(x.straini, leg.straini),
      actualizat_la = now()
  where leg.sincronizare_id = x.run_id and leg.dispozitiv_id = p_dispozitiv_id;
end
$$;

select intern.aplica_acces();
