import type { Database } from '@pontaj/supabase';
import type { SimulatedDevice } from '@pontaj/simulator';
import type { SupabaseClient } from '@supabase/supabase-js';
import { inserted } from '../people/store-people.ts';
import { deviceHandle } from './device-handle.ts';
import type { DeviceHandle } from './stack.ts';

/** Enters the terminals into `dispozitive_pontaj`, in their order, as an administrator would. */
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
  const stored = await inserted(
    database.from('dispozitive_pontaj').insert(rows).select('id, nume'),
    'dispozitive_pontaj',
  );
  return devices.map((device, index) => {
    const row = stored[index];
    if (!row) throw new Error(`Terminal ${device.id} was inserted but not returned.`);
    return deviceHandle(device, { databaseId: row.id, name: row.nume });
  });
}
