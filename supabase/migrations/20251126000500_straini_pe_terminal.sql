-- A dry run counts free places without asking the terminal: it must know how many people are on it beside ours, as its
-- list said when it was last read.
alter table public.dispozitive_pontaj add column if not exists straini_numar integer;

comment on column public.dispozitive_pontaj.straini_numar is
  'Persons on the terminal that are not ours, when its list was last read; null: not known.';

-- As before, with the new column.
create or replace function public.scrie_dispozitiv(p_dispozitiv_id uuid, p_fence bigint, p_stare jsonb) returns void
language plpgsql set search_path = '' as $$
declare
  allowed constant text[] := array[
    'status', 'numar_serie', 'model', 'firmware', 'capabilitati', 'livrare_foto', 'credentiale_refuzate',
    'credentiale_acceptate', 'credentiale_neclare', 'incercari_ramase', 'blocat_pana_la', 'esecuri_consecutive',
    'urmatoarea_incercare_la', 'ultima_eroare_cod', 'ultima_eroare', 'inventariat_la', 'straini_numar',
    'ultima_sincronizare'];
  refused text;
  serial constant text := p_stare ->> 'numar_serie';
begin
  perform intern.verifica_lease(p_dispozitiv_id, p_fence);

  select string_agg(k, ', ' order by k) into refused from jsonb_object_keys(p_stare) k where k <> all (allowed);
  if refused is not null then
    raise exception 'The daemon does not write these columns of dispozitive_pontaj: %.', refused
      using errcode = 'PT422', detail = 'column_refused', hint = 'Allowed: ' || array_to_string(allowed, ', ') || '.';
  end if;

  if serial is not null and not exists (
    select 1 from public.dispozitive_pontaj d where d.id = p_dispozitiv_id and d.numar_serie = serial
  ) then
    -- Two rows that meet one terminal at the same moment come one after the other.
    perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('numar_serie ' || serial, 0));
    if exists (
      select 1 from public.dispozitive_pontaj d
      where d.id <> p_dispozitiv_id and d.numar_serie = serial and d.status in ('activ', 'eroare')
    ) then
      raise exception 'Another terminal in use has the serial number %.', serial
        using errcode = 'PT409', detail = 'serial_taken',
              hint = 'One terminal is driven by one row of dispozitive_pontaj: delete one of the two, or set it to inactiv.';
    end if;
  end if;

  update public.dispozitive_pontaj d
  set status = case when p_stare ? 'status' and d.status <> 'inactiv' then n.status else d.status end,
      numar_serie = n.numar_serie,
      model = n.model,
      firmware = n.firmware,
      capabilitati = n.capabilitati,
      livrare_foto = n.livrare_foto,
      credentiale_refuzate = n.credentiale_refuzate,
      credentiale_acceptate = n.credentiale_acceptate,
      credentiale_neclare = n.credentiale_neclare,
      incercari_ramase = n.incercari_ramase,
      blocat_pana_la = n.blocat_pana_la,
      esecuri_consecutive = coalesce(n.esecuri_consecutive, 0),
      urmatoarea_incercare_la = n.urmatoarea_incercare_la,
      ultima_eroare_cod = n.ultima_eroare_cod,
      ultima_eroare = n.ultima_eroare,
      inventariat_la = n.inventariat_la,
      straini_numar = n.straini_numar,
      ultima_sincronizare = greatest(d.ultima_sincronizare, n.ultima_sincronizare)
  -- Keys that are absent keep the row's value.
  from public.dispozitive_pontaj old
  cross join lateral jsonb_populate_record(old, p_stare) n
  where d.id = p_dispozitiv_id and old.id = d.id;
end
$$;

select intern.aplica_acces();
