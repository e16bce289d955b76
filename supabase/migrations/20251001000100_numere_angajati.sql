-- Employee numbers: from 1000 up, never changed, never given twice, not even after a delete. 0-999 belong to the
-- terminals' own accounts.

create sequence if not exists public.angajat_employee_no_seq as integer start with 1000 minvalue 1000;
-- One that was there before may stand lower.
select setval('public.angajat_employee_no_seq', 1000, false)
from public.angajat_employee_no_seq where last_value < 1000;

-- A sequence alone cannot know the numbers given by hand, and a unique index forgets a deleted row: this table
-- remembers every number ever given and to which biometrics row.
create table if not exists public.angajati_numere_date (
  employee_no integer primary key,
  angajat_biometrie_id uuid not null,
  dat_la timestamptz not null default now()
);

-- The next number that nobody has or had, recorded as given to p_biometrie.
create or replace function intern.urmatorul_numar_angajat(p_biometrie uuid) returns integer
language plpgsql set search_path = '' as $$
declare
  -- Numbers given by hand that the sequence steps over one by one before it jumps behind all of them.
  max_steps constant integer := 1000;
  candidate integer;
begin
  for step in 1..max_steps + 1 loop
    if step = max_steps + 1 then
      perform setval('public.angajat_employee_no_seq',
                     greatest((select last_value from public.angajat_employee_no_seq)::bigint, max(employee_no)))
      from public.angajati_numere_date;
    end if;
    candidate := nextval('public.angajat_employee_no_seq');
    insert into public.angajati_numere_date (employee_no, angajat_biometrie_id)
    values (candidate, p_biometrie)
    on conflict do nothing;
    if found then
      return candidate;
    end if;
  end loop;
  raise exception 'No free employee number was found near %.', candidate
    using errcode = 'PT409', detail = 'employee_no_unavailable', hint = 'Try the insert again.';
end
$$;

-- Before insert or update of a biometrics row: the number is assigned or checked, and its text copy follows it.
create or replace function intern.atribuie_numar_angajat() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  mine integer;
begin
  if tg_op = 'UPDATE' then
    if old.employee_no is not null and new.employee_no is distinct from old.employee_no then
      raise exception 'Employee number % cannot be changed to %: a number once given stays with its person.',
        old.employee_no, coalesce(new.employee_no::text, 'nothing')
        using errcode = 'PT409', detail = 'employee_no_immutable',
              hint = 'Leave employee_no out of the update.';
    end if;
    if old.employee_no is not null and new.angajat_id is distinct from old.angajat_id then
      raise exception 'Employee number % cannot move to another employee: terminals know the person by it.',
        old.employee_no
        using errcode = 'PT409', detail = 'employee_no_immutable',
              hint = 'Delete this biometrics row and insert one for the other employee; it gets a new number.';
    end if;
  end if;

  if new.employee_no is null then
    -- An upsert of a photo comes through here before it turns into an update: it must not use up a number.
    select b.employee_no into mine from public.angajati_biometrie b where b.angajat_id = new.angajat_id;
    new.employee_no := coalesce(mine, intern.urmatorul_numar_angajat(new.id));
  elsif tg_op = 'INSERT' or old.employee_no is null then
    if new.employee_no < 1000 then
      raise exception 'Employee number % is not allowed: 0-999 are left to the terminals'' own accounts.',
        new.employee_no
        using errcode = 'PT422', detail = 'employee_no_reserved',
              hint = 'Give a number from 1000 up, or none to get the next free one.';
    end if;
    insert into public.angajati_numere_date (employee_no, angajat_biometrie_id)
    values (new.employee_no, new.id)
    on conflict do nothing;
    -- Held by a living row: the unique index decides (409), or the upsert becomes an update of that very row.
    if not found
      and not exists (select 1 from public.angajati_biometrie b where b.employee_no = new.employee_no)
      and not exists (select 1 from public.angajati_numere_date d
                      where d.employee_no = new.employee_no and d.angajat_biometrie_id = new.id)
    then
      raise exception 'Employee number % was given before and is never given again.', new.employee_no
        using errcode = 'PT409', detail = 'employee_no_reused',
              hint = 'Give another number, or none to get the next free one.';
    end if;
  end if;

  new.hikvision_employee_no := new.employee_no::text;
  return new;
end
$$;

-- After the row is really in: the number must be recorded as this row's. Catches a number freed by a delete that
-- committed between the check above and the insert.
create or replace function intern.verifica_numar_angajat() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if not exists (
    select 1 from public.angajati_numere_date d
    where d.employee_no = new.employee_no and d.angajat_biometrie_id = new.id
  ) then
    raise exception 'Employee number % was given before and is never given again.', new.employee_no
      using errcode = 'PT409', detail = 'employee_no_reused',
            hint = 'Insert again without a number to get the next free one.';
  end if;
  return null;
end
$$;

drop trigger if exists atribuie_numar_angajat on public.angajati_biometrie;
create trigger atribuie_numar_angajat
  before insert or update on public.angajati_biometrie
  for each row execute function intern.atribuie_numar_angajat();

drop trigger if exists verifica_numar_angajat on public.angajati_biometrie;
create trigger verifica_numar_angajat
  after insert on public.angajati_biometrie
  for each row execute function intern.verifica_numar_angajat();

-- Numbers the rows that have none and moves the sequence behind the highest number ever given. Returns how many rows
-- got a number. Safe on an empty table, and safely run again: numbers that exist stay.
--   1. A number that already stands in hikvision_employee_no (the older name of the same thing) is kept when it is
--      from 1000 up and nobody else's: terminals may hold the person under it.
--   2. The others are numbered in the order of angajati_biometrie.angajat_id, from 1000 up.
create or replace function public.numeroteaza_angajati() returns integer
language plpgsql set search_path = '' as $$
declare
  numbered integer := 0;
  unnumbered record;
begin
  lock table public.angajati_biometrie in share row exclusive mode;

  insert into public.angajati_numere_date (employee_no, angajat_biometrie_id)
  select b.employee_no, b.id from public.angajati_biometrie b where b.employee_no is not null
  on conflict do nothing;

  update public.angajati_biometrie b
  set employee_no = kept.employee_no
  from (
    select distinct on (b2.hikvision_employee_no) b2.id, b2.hikvision_employee_no::integer as employee_no
    from public.angajati_biometrie b2
    where b2.employee_no is null and b2.hikvision_employee_no ~ '^[1-9][0-9]{3,8}$'
    order by b2.hikvision_employee_no, b2.angajat_id, b2.id
  ) kept
  where b.id = kept.id
    and not exists (select 1 from public.angajati_numere_date d where d.employee_no = kept.employee_no);
  get diagnostics numbered = row_count;

  for unnumbered in
    select b.id from public.angajati_biometrie b where b.employee_no is null order by b.angajat_id, b.id
  loop
    update public.angajati_biometrie b
    set employee_no = intern.urmatorul_numar_angajat(b.id)
    where b.id = unnumbered.id;
    numbered := numbered + 1;
  end loop;

  -- The text copy of rows that had a number before the trigger existed.
  update public.angajati_biometrie b
  set hikvision_employee_no = b.employee_no::text
  where b.hikvision_employee_no is distinct from b.employee_no::text;

  perform setval('public.angajat_employee_no_seq', max(d.employee_no))
  from public.angajati_numere_date d
  having max(d.employee_no) >= (select case when s.is_called then s.last_value else 1000 end
                                from public.angajat_employee_no_seq s);
  return numbered;
end
$$;

comment on function public.numeroteaza_angajati() is
  'Numbers existing angajati_biometrie rows once, in the order of angajat_id, from 1000 up, and moves the sequence on.';

select public.numeroteaza_angajati();
