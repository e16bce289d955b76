/**
 * Every request the store and the operator's verbs send to Supabase, by its shape (`requestShape`). A new one fails the
 * store's suite until it stands here: before it does, make sure that PostgREST and the embedded API both do it
 * (https://docs.postgrest.org; the suite runs on the embedded one), and that it behaves the same on both:
 *
 * - comparisons, `in`, `not.is.null`, `or`/`and`, `order`, `limit`: the same.
 * - embedding with `!column!inner`, and a filter on the embedded table: the same; without `!inner` rows would stay.
 * - `HEAD` with `count=exact`: the same.
 * - `PATCH` with `return=representation`: the same.
 * - rpc with JSON arguments: the same; errors of functions arrive with status and code only as `PTxyz` codes.
 *
 * Not to be used: upsert of many rows (slow on the embedded API), `Range` headers and offsets (rows move between
 * pages), `like`/`ilike`/full-text filters and aggregate selects (never needed, so never compared).
 */
export const listedRequests: readonly string[] = [
  'GET angajati id=eq select=columns',
  'GET angajati_biometrie angajat_id=eq select=columns',
  'GET angajati_biometrie angajati.status=eq employee_no=gt limit order=employee_no.asc select=columns,angajati!angajat_id!inner(columns)',
  'GET angajati_biometrie employee_no=in order=employee_no.asc select=columns,angajati!angajat_id!inner(columns)',
  'GET angajati_biometrie_dispozitive dispozitiv_id=eq employee_no=gt limit order=employee_no.asc select=*',
  'GET angajati_biometrie_dispozitive dispozitiv_id=eq employee_no=in select=*',
  'GET dispozitive_pontaj id=in limit order=id.asc santier_id=eq select=columns status=in',
  'GET dispozitive_pontaj id=in limit order=id.asc select=columns',
  'GET dispozitive_pontaj limit order=id.asc select=columns status=in',
  'GET dispozitive_pontaj limit numar_serie=eq order=id.asc select=columns status=in',
  'GET sincronizari anulare_ceruta_la=not.is.null id=in select=columns',
  'GET sincronizari cerut_la=lt limit order=cerut_la.desc,id.desc select=columns',
  'GET sincronizari id=eq select=columns',
  'GET sincronizari limit order=cerut_la.desc,id.desc select=columns',
  'GET sincronizari limit select=columns',
  'GET sincronizari_dispozitive dispozitiv_id=eq limit select=columns,sincronizari!inner(columns) stare=in',
  'GET sincronizari_dispozitive limit order=sincronizare_id.asc,dispozitiv_id.asc select=columns sincronizare_id=in',
  'GET sincronizari_linii dispozitiv_id=eq employee_no=gt limit order=employee_no.asc select=* sincronizare_id=eq',
  'GET sincronizari_linii limit or=(employee_no.gt,and(employee_no.eq,dispozitiv_id.gt)) order=employee_no.asc,dispozitiv_id.asc select=* sincronizare_id=eq',
  'GET sincronizari_linii limit order=employee_no.asc,dispozitiv_id.asc select=* sincronizare_id=eq',
  'HEAD angajati select=columns status=eq prefer: count=exact',
  'HEAD angajati_biometrie angajati.status=eq employee_no=not.is.null select=columns,angajati!angajat_id!inner(columns) prefer: count=exact',
  'HEAD angajati_biometrie_dispozitive dispozitiv_id=eq persoana_stare=in select=columns prefer: count=exact',
  'PATCH angajati_biometrie_dispozitive (acces_inchis, fata_amprenta, fata_stare, nume_trimise, persoana_amprenta, persoana_stare, recunoscuta, status_sincronizare) dispozitiv_id=eq',
  'PATCH dispozitive_pontaj (capabilitati, credentiale_acceptate, credentiale_neclare, esecuri_consecutive, firmware, incercari_ramase, inventariat_la, livrare_foto, model, numar_serie, straini_numar, ultima_eroare, ultima_eroare_cod, urmatoarea_incercare_la) id=eq select=columns prefer: return=representation',
  'PATCH dispozitive_pontaj (credentiale_acceptate, credentiale_neclare, credentiale_refuzate, incercari_ramase, urmatoarea_incercare_la) id=eq select=columns prefer: return=representation',
  'POST rpc/cere_anulare (p_run_id)',
  'POST rpc/creeaza_sincronizare (p_angajati, p_cerut_de, p_cheie, p_dispozitive, p_domeniu, p_fara_numar)',
  'POST rpc/elibereaza_lease (p_dispozitiv_id, p_fence, p_pauza_ms)',
  'POST rpc/inchideri_datorate (p_dispozitiv_id, p_dupa, p_limita)',
  'POST rpc/preia_dispozitive (p_detinator, p_durata_ms, p_limita)',
  'POST rpc/prelungeste_lease (p_detinator, p_durata_ms, p_lease)',
  'POST rpc/scrie_dispozitiv (p_dispozitiv_id, p_fence, p_stare)',
  'POST rpc/scrie_rezultate (p_dispozitiv_id, p_fence, p_progres, p_rezultate)',
  'POST rpc/scrie_urmarire (p_dispozitiv_id, p_fence, p_urmarire)',
  'POST rpc/termina_sincronizare (p_run_id)',
];
