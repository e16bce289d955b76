import type { Database } from '@pontaj/supabase';
import type { SimulatedDevice } from '@pontaj/simulator';
import type { SupabaseClient } from '@supabase/supabase-js';
import { inserted } from '../people/store-people.ts';
import { deviceHandle } from './device-handle.ts';
import type { DeviceHandle } from './stack.ts';

/**
 * Enters the terminals into `dispozitive_pontaj`, in their order, as an administrator would. One that stands there
 * already (same name and address) keeps its row.
 */
export async function storeDevices(
  database: SupabaseClient<Database>,
  devices: readonly SimulatedDevice[],
): Promise<DeviceHandle[]> {
  const rows = devices.map((device, index) => ({
    nume: `Poarta ${index + 1}`,
    ip_address: device.host,
    port: device.port,
    protocol: device.scheme,
    username: device.username,
    password_encrypted: device.password,
    status: 'activ',
  }));
  const { data: known, error } = await database
    .from('dispozitive_pontaj')
    .select('id, nume, ip_address, port');
  if (error) throw new Error(`Devices could not be read: ${error.message}`);
  const find = (list: typeof known, wanted: { nume: string; port: number }) =>
    list.find(({ nume, port }) => nume === wanted.nume && port === wanted.port);
  const missing = rows.filter((row) => !find(known, row));
  const stored = known.concat(
    await inserted(
      database.from('dispozitive_pontaj').insert(missing).select('id, nume, ip_address, port'),
      'dispozitive_pontaj',
    ),
  );
  return devices.map((device, index) => {
    const wanted = rows[index];
    const row = wanted && find(stored, wanted);
    if (!row) throw new Error(`Terminal ${device.id} was inserted but not returned.`);
    return deviceHandle(device, { databaseId: row.id, name: row.nume });
  });
}
