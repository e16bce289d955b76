import type { Database } from '@pontaj/supabase';
import type { SupabaseClient } from '@supabase/supabase-js';
import { inserted } from '../people/store-people.ts';
import type { DeviceHandle, Terminal } from './stack.ts';

/**
 * Enters the terminals into `dispozitive_pontaj`, in their order, as an administrator would. One that stands there
 * already (same name and address) keeps its row.
 */
export async function storeDevices(
  database: SupabaseClient<Database>,
  terminals: readonly Terminal[],
): Promise<DeviceHandle[]> {
  const rows = terminals.map(({ address, account }, index) => ({
    nume: `Poarta ${index + 1}`,
    ip_address: address.host,
    port: address.port,
    protocol: address.scheme,
    username: account.username,
    password_encrypted: account.password,
    status: 'activ',
  }));
  const { data: known, error } = await database
    .from('dispozitive_pontaj')
    .select('id, nume, ip_address, port');
  if (error) throw new Error(`Devices could not be read: ${error.message}`);
  const find = (list: typeof known, wanted: (typeof rows)[number]) =>
    list.find(
      ({ nume, ip_address, port }) =>
        nume === wanted.nume && ip_address === wanted.ip_address && port === wanted.port,
    );
  const missing = rows.filter((row) => !find(known, row));
  const stored = known.concat(
    await inserted(
      database.from('dispozitive_pontaj').insert(missing).select('id, nume, ip_address, port'),
      'dispozitive_pontaj',
    ),
  );
  return terminals.map((terminal, index) => {
    const wanted = rows[index];
    const row = wanted && find(stored, wanted);
    if (!row) throw new Error(`Terminal ${terminal.id} was inserted but not returned.`);
    return { ...terminal, databaseId: row.id, name: row.nume };
  });
}
