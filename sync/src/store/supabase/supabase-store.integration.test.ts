import { startLocalSupabase, type LocalSupabase } from '@pontaj/supabase';
import { afterAll } from 'vitest';
import { describeStore, type StoreHarness } from '../store.suite.ts';
import { createDatabaseClient, type Client } from './client.ts';
import { createSupabaseStore } from './supabase-store.ts';

let supabase: LocalSupabase | undefined;
afterAll(() => supabase?.stop());

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
    store: createSupabaseStore(client, () => Date.now()),
    addEmployee: (employee) => insertEmployee(client, employee),
    deactivateEmployee: async (id) => {
      await client.from('angajati').update({ status: 'inactiv' }).eq('id', id).throwOnError();
    },
    deleteEmployee: async (id) => {
      await client.from('angajati').delete().eq('id', id).throwOnError();
    },
    addDevice: async ({ name, status, siteId }) => {
      const row = { nume: name, ip_address: '192.0.2.1', status, santier_id: siteId };
      const { data } = await client
        .from('dispozitive_pontaj')
        .insert(row)
        .select('id')
        .single()
        .throwOnError();
      return data.id;
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
