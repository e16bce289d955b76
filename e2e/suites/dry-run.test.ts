import { expect, test } from 'vitest';
import type { Stack } from '../src/stack/stack.ts';
import { changesOf } from './support/calls.ts';
import { deviceRow, setStatus } from './support/rows.ts';
import { withStack } from './support/with-stack.ts';

/** All that a run could change: on the terminals, and in what the database says about them. */
async function everything(stack: Stack) {
  const { data } = await stack.database
    .from('angajati_biometrie_dispozitive')
    .select('employee_no, status_sincronizare, persoana_stare, fata_stare, acces_inchis, sincronizat_la')
    .order('employee_no');
  return {
    tracking: data,
    terminals: await Promise.all(
      stack.devices.map(async (device) => [await device.persons(), await device.faces()]),
    ),
    synced: await Promise.all(
      stack.devices.map(async (device) => (await deviceRow(stack, device)).ultima_sincronizare),
    ),
  };
}

test('a dry run says what would be done and why, and changes nothing', () =>
  withStack({ devices: 1, employees: 4 }, async (stack) => {
    const [gate] = stack.devices;
    const empty = await stack.sync('sync-all-to-all-devices', { dry_run: true });
    expect(empty.status).toBe(200);
    expect(empty.body.results).toHaveLength(4);
    expect(empty.body.results.every((result) => result.status === 'omis')).toBe(true);
    expect(await changesOf(gate!)).toEqual([]);
    expect(await gate!.persons()).toEqual([]);

    await stack.sync('sync-all-to-all-devices');
    const [renamed, leaver, , untouched] = stack.employees;
    await stack.database.from('angajati').update({ nume: 'Marin' }).eq('id', renamed!.employeeId);
    await setStatus(stack, leaver!, 'inactiv');
    const before = await everything(stack);
    const changes = (await changesOf(gate!)).length;

    const { body } = await stack.sync('sync-all-to-all-devices', { dry_run: true });
    const planned = body.results as ((typeof body.results)[number] & { reasons: string[] })[];
    const reasonsOf = (employeeNo: number) =>
      planned.find(({ employee_no }) => employee_no === employeeNo)?.reasons;
    expect(reasonsOf(renamed!.employeeNo)).toEqual(['modify-person: name changed']);
    expect(reasonsOf(leaver!.employeeNo)).toEqual(['close-access: leaver']);
    expect(reasonsOf(untouched!.employeeNo)).toEqual([]);

    const printed = await stack.cli(['run', '--dry-run', '--full']);
    expect(printed, printed.stderr).toMatchObject({ exitCode: 0 });
    expect(printed.stdout).toContain('nothing was changed');
    expect(printed.stdout).toContain('asked in full');

    expect(await everything(stack)).toEqual(before);
    expect(await changesOf(gate!)).toHaveLength(changes);
  }));
