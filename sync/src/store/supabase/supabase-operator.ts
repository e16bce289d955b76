import type { OperatorActions } from '../operator-actions.ts';
import { dataOf } from './answer.ts';
import type { Client } from './client.ts';

const NOTHING_KNOWN = {
  persoana_stare: 'necunoscuta',
  persoana_amprenta: null,
  fata_stare: 'necunoscuta',
  fata_amprenta: null,
  acces_inchis: false,
  recunoscuta: false,
  nume_trimise: [],
  status_sincronizare: 'pending',
};

/** The next login is the first of its credentials, as far as anybody knows. */
const LOGINS_FORGOTTEN = { credentiale_acceptate: null, credentiale_neclare: null, incercari_ramase: null };

/** The operator's verbs over supabase-js, with the service role. */
export const createSupabaseOperator = (client: Client): OperatorActions => ({
  async acceptSerial(deviceId, serialNumber) {
    // The tracking first: were it left for later and lost, the new terminal would count as knowing the old one's people.
    const tracked = await client
      .from('angajati_biometrie_dispozitive')
      .update(NOTHING_KNOWN)
      .eq('dispozitiv_id', deviceId);
    dataOf(tracked, 'forgetting who is on a device');
    const device = await client
      .from('dispozitive_pontaj')
      .update({
        numar_serie: serialNumber,
        model: null,
        firmware: null,
        capabilitati: null,
        livrare_foto: null,
        ...LOGINS_FORGOTTEN,
        inventariat_la: null,
        straini_numar: null,
        ultima_eroare_cod: null,
        ultima_eroare: null,
        esecuri_consecutive: 0,
        urmatoarea_incercare_la: null,
      })
      .eq('id', deviceId)
      .select('id');
    return dataOf(device, 'accepting a serial number').length === 1;
  },

  async retryCredentials(deviceId) {
    const device = await client
      .from('dispozitive_pontaj')
      .update({ credentiale_refuzate: null, urmatoarea_incercare_la: null, ...LOGINS_FORGOTTEN })
      .eq('id', deviceId)
      .select('id');
    return dataOf(device, 'letting credentials be tried again').length === 1;
  },
});
