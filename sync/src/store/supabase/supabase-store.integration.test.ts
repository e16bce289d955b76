import { startLocalSupabase, type LocalSupabase } from '@pontaj/supabase';
import { afterAll, describe, expect, it } from 'vitest';
import { describeStore, type StoreHarness } from '../store.suite.ts';
import { createDatabaseClient, type Client } from './client.ts';
import { createSupabaseOperator } from './supabase-operator.ts';
import { createSupabaseStore } from './supabase-store.ts';
import { listedRequests } from './testing/listed-requests.ts';
import { requestShape } from './testing/request-shape.ts';

let supabase: LocalSupabase | undefined;
afterAll(() => supabase?.stop());

/** The shape of every request that store and operator sent. */
const sent = new Set<string>();
const recordingFetch: typeof fetch = (input, init) => {
  const request = new Request(input, init);
  const body = typeof init?.body === 'string' ? init.body : null;
  sent.add(requestShape(request.method, request.url, request.headers, body));
  return fetch(input, init);
};
const recordedClient = (local: LocalSupabase) =>
  createDatabaseClient({ ...local, timeoutMs: 10_000, fetch: recordingFetch });

async function insertEmployee(
  client: Client,
  employee: Parameters<StoreHarness['addEmployee']>[0],
): ReturnType<StoreHarness['addEmployee']> {
  const { data } = await client
    .from('angajati')
    .insert({
      nume: employee.lastName,
      prenume: employee.firstName,
      status: employee.active ? 'activ' : 'inactiv',
    })
    .select('id')
    .single()
    .throwOnError();
  if (!employee.number) return { employeeId: data.id, employeeNo: null };
  const biometrics = await client
    .from('angajati_biometrie')
    .insert({ angajat_id: data.id, foto_fata_url: employee.photoUrl })
    .select('employee_no')
    .single()
    .throwOnError();
  return { employeeId: data.id, employeeNo: biometrics.data.employee_no };
}

describeStore('the store over supabase-js', async () => {
  supabase = await startLocalSupabase();
  const client = createDatabaseClient({ ...supabase, timeoutMs: 10_000 });
  return {
    store: createSupabaseStore(recordedClient(supabase), () => Date.now()),
    addEmployee: (employee) => insertEmployee(client, employee),
    deactivateEmployee: async (id) => {
      await client.from('angajati').update({ status: 'inactiv' }).eq('id', id).throwOnError();
    },
    deleteEmployee: async (id) => {
      await client.from('angajati').delete().eq('id', id).throwOnError();
    },
    addDevice: async ({ name, status, siteId, address = { host: '192.0.2.1', port: 80 } }) => {
      const { host, port } = address;
      const row = { nume: name, ip_address: host, port, status, santier_id: siteId };
      const { data } = await client
        .from('dispozitive_pontaj')
        .insert(row)
        .select('id')
        .single()
        .throwOnError();
      return data.id;
    },
    changePassword: async (id, password) => {
      await client
        .from('dispozitive_pontaj')
        .update({ password_encrypted: password })
        .eq('id', id)
        .throwOnError();
    },
    deactivateDevice: async (id) => {
      await client.from('dispozitive_pontaj').update({ status: 'inactiv' }).eq('id', id).throwOnError();
    },
    deleteDevice: async (id) => {
      await client.from('dispozitive_pontaj').delete().eq('id', id).throwOnError();
    },
    expireLease: async (id) => {
      await client
        .from('dispozitive_lease')
        .update({ expira_la: '2000-01-01T00:00:00Z' })
        .eq('dispozitiv_id', id)
        .throwOnError();
    },
  };
});

describe('the operator over supabase-js', () => {
  const running = () => {
    if (!supabase) throw new Error('The database is there only once the store has been tested.');
    return {
      client: createDatabaseClient({ ...supabase, timeoutMs: 10_000 }),
      operator: createSupabaseOperator(recordedClient(supabase)),
    };
  };
  const unknown = '00000000-0000-4000-8000-000000000000';

  async function addDevice(client: Client): Promise<string> {
    const row = { nume: 'Poarta', ip_address: '192.0.2.1', numar_serie: 'OLD', credentiale_refuzate: 'x' };
    const { data } = await client.from('dispozitive_pontaj').insert(row).select('id').single().throwOnError();
    return data.id;
  }
  const deviceRow = async (client: Client, id: string) =>
    (await client.from('dispozitive_pontaj').select('*').eq('id', id).single().throwOnError()).data;

  it('accepts a serial number, of a device there is', async () => {
    const { client, operator } = running();
    const id = await addDevice(client);
    expect(await operator.acceptSerial(id, 'NEW')).toBe(true);
    expect(await deviceRow(client, id)).toMatchObject({ numar_serie: 'NEW', credentiale_refuzate: 'x' });
    expect(await operator.acceptSerial(unknown, 'NEW')).toBe(false);
  });

  it('lets refused credentials be tried again, of a device there is', async () => {
    const { client, operator } = running();
    const id = await addDevice(client);
    expect(await operator.retryCredentials(id)).toBe(true);
    expect(await deviceRow(client, id)).toMatchObject({ numar_serie: 'OLD', credentiale_refuzate: null });
    expect(await operator.retryCredentials(unknown)).toBe(false);
  });
});

it('every request sent was looked at and listed, and every listed one is sent', () => {
  expect([...sent].sort()).toEqual([...listedRequests].sort());
});
