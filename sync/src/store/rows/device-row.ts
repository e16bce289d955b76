import type { Database } from '@pontaj/supabase';
import { z } from 'zod';
import type {
  CertificatePolicy,
  Device,
  DeviceAddress,
  DeviceMemory,
  DeviceStatus,
} from '../../model/device.ts';
import type { DevicePatch } from '../store.ts';
import { msToTimestamp, timestampToMs } from './timestamp.ts';

/** Name and address may be missing in a table that was there before the migrations. */
export type DeviceRow = Omit<
  Database['public']['Tables']['dispozitive_pontaj']['Row'],
  'nume' | 'ip_address'
> & { nume: string | null; ip_address: string | null };

const DEFAULT_PORT = 80;

const support = z.enum(['yes', 'no', 'unknown']);
const capabilities = z.object({
  personSetUp: support,
  personSearch: support,
  faceLibrary: z.enum(['yes', 'no', 'unknown', 'unsure']).default('unknown'),
  faceSetUp: support,
  faceSearch: support,
  faceDelete: z.enum(['fd-search-delete', 'fd-delete', 'unknown']),
  maxPersons: z.number().nullable(),
  maxFaces: z.number().nullable(),
  searchPageSize: z.number().int().positive(),
});

function certificatePolicy(row: DeviceRow): CertificatePolicy {
  if (row.politica_certificat === 'neverificat') return { mode: 'unchecked' };
  return row.politica_certificat === 'amprenta' && row.amprenta_certificat !== null
    ? { mode: 'pinned', fingerprint: row.amprenta_certificat }
    : { mode: 'verify' };
}

/** Rows older than the check on `status` may say anything: what is not known to be in use is left alone. */
const status = (text: string): DeviceStatus => (text === 'activ' || text === 'eroare' ? text : 'inactiv');

/** Capabilities of another version of the daemon are forgotten: the device is asked again. */
const memoryOf = (row: DeviceRow): DeviceMemory => ({
  serialNumber: row.numar_serie,
  model: row.model,
  firmware: row.firmware,
  capabilities: capabilities.safeParse(row.capabilitati).data ?? null,
  faceDelivery: row.livrare_foto === 'url' || row.livrare_foto === 'upload' ? row.livrare_foto : null,
  refusedCredentials: row.credentiale_refuzate?.split(' ').filter((one) => one !== '') ?? [],
  provenCredentials: row.credentiale_acceptate,
  unsettledCredentials: row.credentiale_neclare,
  loginTriesLeft: row.incercari_ramase,
  lockedUntilMs: timestampToMs(row.blocat_pana_la),
  consecutiveFailures: row.esecuri_consecutive,
  nextProbeAtMs: timestampToMs(row.urmatoarea_incercare_la),
  lastErrorCode: row.ultima_eroare_cod,
  lastErrorMessage: row.ultima_eroare,
  inventoriedAtMs: timestampToMs(row.inventariat_la),
  strangers: row.straini_numar,
  lastSyncedAtMs: timestampToMs(row.ultima_sincronizare),
});

const trimmed = (text: string | null): string => (text ?? '').trim();

export const addressFromRow = (row: Pick<DeviceRow, 'id' | 'ip_address' | 'port'>): DeviceAddress => ({
  deviceId: row.id,
  host: trimmed(row.ip_address),
  port: row.port || DEFAULT_PORT,
});

/**
 * A terminal without an address is told by its calls; one without a name goes by its address, or its id. Blanks around a
 * pasted user name would cost a bad login.
 */
export const deviceFromRow = (row: DeviceRow): Device => ({
  ...addressFromRow(row),
  name: trimmed(row.nume) || trimmed(row.ip_address) || row.id,
  scheme: row.protocol === 'https' ? 'https' : 'http',
  certificatePolicy: certificatePolicy(row),
  username: trimmed(row.username),
  password: row.password_encrypted ?? '',
  status: status(row.status),
  siteId: row.santier_id,
  timezone: row.fus_orar,
  memory: memoryOf(row),
});

type Column = keyof DeviceRow;

const plain = {
  serialNumber: 'numar_serie',
  model: 'model',
  firmware: 'firmware',
  capabilities: 'capabilitati',
  faceDelivery: 'livrare_foto',
  provenCredentials: 'credentiale_acceptate',
  unsettledCredentials: 'credentiale_neclare',
  loginTriesLeft: 'incercari_ramase',
  consecutiveFailures: 'esecuri_consecutive',
  strangers: 'straini_numar',
  lastErrorCode: 'ultima_eroare_cod',
  lastErrorMessage: 'ultima_eroare',
} as const satisfies Partial<Record<keyof DeviceMemory, Column>>;

const moments = {
  lockedUntilMs: 'blocat_pana_la',
  nextProbeAtMs: 'urmatoarea_incercare_la',
  inventoriedAtMs: 'inventariat_la',
  lastSyncedAtMs: 'ultima_sincronizare',
} as const satisfies Partial<Record<keyof DeviceMemory, Column>>;

/** Only the columns that the patch names. */
export function deviceColumns({ status, memory = {} }: DevicePatch): Partial<Record<Column, unknown>> {
  const written: Partial<Record<Column, unknown>> = status === undefined ? {} : { status };
  for (const key of Object.keys(plain) as (keyof typeof plain)[])
    if (memory[key] !== undefined) written[plain[key]] = memory[key];
  const refused = memory.refusedCredentials;
  if (refused !== undefined) written.credentiale_refuzate = refused.length === 0 ? null : refused.join(' ');
  for (const key of Object.keys(moments) as (keyof typeof moments)[]) {
    const ms = memory[key];
    if (ms !== undefined) written[moments[key]] = msToTimestamp(ms);
  }
  return written;
}
