-- Projects that had dispozitive_pontaj before may hold terminals without a name: in a run they go by their address.

-- Creates a run and one queued leg per terminal, unless a run with the same scope is still open: then that one's id.
create or replace function public.creeaza_sincronizare(
  p_domeniu jsonb, p_cheie text, p_cerut_de text, p_dispozitive uuid[], p_angajati integer, p_fara_numar integer
) returns jsonb
language plpgsql set search_path = '' as $$
declare
  -- The open run may end between the refused insert and the look for it.
  max_tries constant integer := 5;
  run uuid;
  legs integer;
begin
  for try in 1..max_tries loop
    insert into public.sincronizari (tip, domeniu, cheie, cerut_de, angajati_in_domeniu, angajati_fara_numar)
    values (coalesce(p_domeniu ->> 'kind', 'unknown'), p_domeniu, p_cheie, p_cerut_de,
            coalesce(p_angajati, 0), coalesce(p_fara_numar, 0))
    on conflict (cheie) where stare in ('queued', 'running') do nothing
    returning id into run;

    if run is not null then
      insert into public.sincronizari_dispozitive (sincronizare_id, dispozitiv_id, dispozitiv_nume)
      select run, d.id, coalesce(nullif(btrim(d.nume), ''), nullif(btrim(d.ip_address), ''), d.id::text)
      from public.dispozitive_pontaj d where d.id = any (p_dispozitive);
      get diagnostics legs = row_count;
      update public.sincronizari s
      set dispozitive = legs,
          stare = case when legs = 0 then 'completed' else s.stare end,
          terminat_la = case when legs = 0 then now() end
      where s.id = run;
      return jsonb_build_object('run_id', run, 'created', true);
    end if;

    select s.id into run from public.sincronizari s
    where s.cheie = p_cheie and s.stare in ('queued', 'running');
    if run is not null then
      return jsonb_build_object('run_id', run, 'created', false);
    end if;
  end loop;
  raise exception 'Runs with the same scope keep starting and ending.'
    using errcode = 'PT409', detail = 'run_contended', hint = 'Ask again.';
end
$$;
