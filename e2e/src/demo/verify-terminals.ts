import type { DeviceHandle, StoredEmployee } from '../stack/stack.ts';

/**
 * What is wrong on the terminals, in words; empty when every one holds every active employee with a face. Asked of the
 * terminals themselves, not of our rows.
 */
export async function faultsOnTerminals(
  devices: DeviceHandle[],
  employees: StoredEmployee[],
): Promise<string[]> {
  const found: string[] = [];
  for (const device of devices) {
    const persons = new Set((await device.persons()).map(({ employeeNo }) => employeeNo));
    const faces = new Set((await device.faces()).map(({ FPID }) => FPID));
    for (const { employeeNo } of employees) {
      const number = String(employeeNo);
      if (!persons.has(number)) found.push(`${device.name} does not have person ${number}.`);
      else if (!faces.has(number)) found.push(`${device.name} has person ${number} without a face.`);
    }
  }
  return found;
}
