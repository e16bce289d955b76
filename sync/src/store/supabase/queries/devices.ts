import type { Device, DeviceAddress, DeviceStatus } from '../../../model/device.ts';
import { addressFromRow, deviceFromRow } from '../../rows.ts';
import { dataOf } from '../answer.ts';
import type { Client } from '../client.ts';
import { chunks, MAX_IDS_IN_FILTER, MAX_ROWS, readAll } from '../pages.ts';

export interface DeviceFilter {
  deviceIds?: string[];
  siteId?: string | null;
  statuses?: DeviceStatus[];
  serialNumber?: string;
}

/** Columns are named one by one: a project may keep others beside ours. */
const COLUMNS =
  `id, nume, ip_address, port, username, password_encrypted, status, santier_id, ultima_sincronizare,
  protocol, politica_certificat, amprenta_certificat, fus_orar, numar_serie, model, firmware, capabilitati,
  livrare_foto, credentiale_refuzate, credentiale_acceptate, credentiale_neclare, incercari_ramase, blocat_pana_la, esecuri_consecutive, urmatoarea_incercare_la,
  ultima_eroare_cod, ultima_eroare, inventariat_la, straini_numar` as const;

async function readMatching(client: Client, filter: DeviceFilter): Promise<Device[]> {
  const rows = await readAll(async (last: { id: string } | null) => {
    let query = client.from('dispozitive_pontaj').select(COLUMNS).order('id').limit(MAX_ROWS);
    if (last !== null) query = query.gt('id', last.id);
    if (filter.deviceIds !== undefined) query = query.in('id', filter.deviceIds);
    if (filter.siteId != null) query = query.eq('santier_id', filter.siteId);
    if (filter.serialNumber !== undefined) query = query.eq('numar_serie', filter.serialNumber);
    if (filter.statuses !== undefined) query = query.in('status', filter.statuses);
    return dataOf(await query, 'reading devices');
  });
  return (rows as Parameters<typeof deviceFromRow>[0][]).map(deviceFromRow);
}

/** Devices that match all of the filter, ordered by id. */
export async function readDevices(client: Client, filter: DeviceFilter): Promise<Device[]> {
  if (filter.deviceIds === undefined) return readMatching(client, filter);
  const found: Device[] = [];
  for (const deviceIds of chunks(filter.deviceIds.toSorted(), MAX_IDS_IN_FILTER))
    found.push(...(await readMatching(client, { ...filter, deviceIds })));
  return found;
}

export async function readAddresses(client: Client): Promise<DeviceAddress[]> {
  const rows = await readAll(async (last: { id: string } | null) => {
    let query = client.from('dispozitive_pontaj').select('id, ip_address, port').order('id').limit(MAX_ROWS);
    if (last !== null) query = query.gt('id', last.id);
    return dataOf(await query.in('status', ['activ', 'eroare']), 'reading where the devices are');
  });
  return rows.map(addressFromRow);
}
