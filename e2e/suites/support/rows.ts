import type { Database } from '@pontaj/supabase';
import { expect } from 'vitest';
import type { DeviceHandle, Stack, StoredEmployee } from '../../src/stack/stack.ts';

type Tables = Database['public']['Tables'];
type TrackingRow = Tables['angajati_biometrie_dispozitive']['Row'];

/** What the database remembers of an employee number on a terminal; null: nothing. */
export async function trackingOf(
  stack: Stack,
  device: DeviceHandle,
  employeeNo: number,
): Promise<TrackingRow | null> {
  const { data, error } = await stack.database
    .from('angajati_biometrie_dispozitive')
    .select('*')
    .eq('dispozitiv_id', device.databaseId)
    .eq('employee_no', employeeNo)
    .maybeSingle();
  expect(error).toBeNull();
  return data;
}

export async function deviceRow(
  stack: Stack,
  device: DeviceHandle,
): Promise<Tables['dispozitive_pontaj']['Row']> {
  const { data, error } = await stack.database
    .from('dispozitive_pontaj')
    .select('*')
    .eq('id', device.databaseId)
    .single();
  expect(error).toBeNull();
  return data!;
}

/** An administrator corrects a terminal's row, or time passes for what is remembered of it. */
export async function setDevice(
  stack: Stack,
  device: DeviceHandle,
  columns: Tables['dispozitive_pontaj']['Update'],
): Promise<void> {
  const { error } = await stack.database
    .from('dispozitive_pontaj')
    .update(columns)
    .eq('id', device.databaseId);
  expect(error).toBeNull();
}

/** Personnel changes somebody's status: `activ`, `inactiv`, `concediu`. */
export async function setStatus(stack: Stack, employee: StoredEmployee, status: string): Promise<void> {
  const { error } = await stack.database.from('angajati').update({ status }).eq('id', employee.employeeId);
  expect(error).toBeNull();
}

export async function setPhotoUrl(stack: Stack, employee: StoredEmployee, url: string): Promise<void> {
  const { error } = await stack.database
    .from('angajati_biometrie')
    .update({ foto_fata_url: url })
    .eq('id', employee.biometricsId);
  expect(error).toBeNull();
}
