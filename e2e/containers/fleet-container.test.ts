import { ControlError, HikvisionFleetContainer } from '@pontaj/simulator/testcontainers';
import { DigestClient } from 'digest-fetch';
import { describe, expect, onTestFinished, test } from 'vitest';
import { dockerEngine, ownerLabels } from '../src/stack/containers/docker.ts';

const person = {
  UserInfo: {
    employeeNo: '1000',
    name: 'Popescu Ion',
    userType: 'normal',
    Valid: { enable: true, beginTime: '2025-10-10T00:00:00', endTime: '2037-12-31T23:59:59' },
    doorRight: '1',
    RightPlan: [{ doorNo: 1, planTemplateNo: '1' }],
  },
};

/** A fleet that the next run removes should this one be killed. */
const fleetContainer = () => new HikvisionFleetContainer().withLabels(ownerLabels);

/** How many containers have these labels, in whatever state. */
async function containersWith(labels: Record<string, string>): Promise<number> {
  const filters = { label: Object.entries(labels).map(([name, value]) => `${name}=${value}`) };
  return (await (await dockerEngine()).listContainers({ all: true, filters })).length;
}

async function start(container: HikvisionFleetContainer) {
  const fleet = await container.start();
  onTestFinished(async () => {
    await fleet.stop();
  });
  return fleet;
}

async function addPerson(url: string, account: { username: string; password: string }): Promise<number> {
  const response = (await new DigestClient(account.username, account.password).fetch(
    `${url}/ISAPI/AccessControl/UserInfo/Record?format=json`,
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(person) },
  )) as Response;
  return response.status;
}

describe('HikvisionFleetContainer', () => {
  test('starts terminals of a profile with their faults, each at an address of its own', async () => {
    const fleet = await start(
      fleetContainer().withDevices(3).withProfile('ds-k1t342mfwx').withFaults('flaky-vpn'),
    );
    expect(fleet.devices.map(({ id }) => id)).toEqual(['device-1', 'device-2', 'device-3']);
    expect(new Set(fleet.devices.map(({ url }) => url)).size).toBe(3);
    const views = await fleet.control.devices();
    for (const view of views) {
      expect(view).toMatchObject({ profile: 'ds-k1t342mfwx', power: 'on', persons: 0 });
      expect(view.faults.every((id) => id.startsWith('flaky-vpn/'))).toBe(true);
      expect(view.faults.length).toBeGreaterThan(0);
    }
    for (const { control } of fleet.devices) await control.clearFaults();

    // The control API has no login: it is published to this machine alone.
    const { HostConfig } = await (await dockerEngine()).getContainer(fleet.getId()).inspect();
    const published = Object.values(HostConfig.PortBindings as Record<string, { HostIp: string }[]>).flat();
    expect(published).toHaveLength(4);
    for (const { HostIp } of published) expect(HostIp).toBe('127.0.0.1');

    const gate = fleet.device();
    const heard = gate.control.waitForRequest({ endpoint: 'person-record', auth: 'ok' });
    expect(await addPerson(gate.url, gate)).toBe(200);
    expect(await heard).toMatchObject({ employeeNo: '1000', status: 200, done: true });
    expect(await gate.control.persons()).toMatchObject([{ employeeNo: '1000', name: 'Popescu Ion' }]);
    expect(await fleet.device('device-2').control.persons()).toEqual([]);

    await gate.control.setFaults([{ what: { kind: 'persons-full' } }]);
    expect(await addPerson(gate.url, gate)).not.toBe(401);
    const [last] = await gate.control.requests({ endpoint: 'person-record', limit: 1 });
    expect(last?.faults).toHaveLength(1);
  });

  test('takes terminals described one by one, with accounts and persons of their own', async () => {
    const fleet = await start(
      fleetContainer()
        .withDevices([
          { id: 'gate', scheme: 'https', persons: [{ employeeNo: '7', name: 'Paznic' }] },
          { id: 'office', username: 'poarta', password: 'Alta-Parola-9' },
        ])
        .withAccount('admin', 'Parola-Noua-1')
        .withTraits({ maxPersons: 1 })
        .withSeed(7),
    );
    expect(fleet.device('gate').url).toMatch(/^https:\/\//);
    expect((await fleet.device('gate').control.show()).certificateFingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(await fleet.device('gate').control.persons()).toMatchObject([{ employeeNo: '7' }]);
    const office = fleet.device('office');
    expect(office).toMatchObject({ username: 'poarta', password: 'Alta-Parola-9' });
    expect(await addPerson(office.url, { username: 'admin', password: 'Parola-Noua-1' })).toBe(401);
    expect(await addPerson(office.url, office)).toBe(200);
    expect(await fleet.control.show()).toMatchObject({ seed: 7, devices: 2 });
    expect(() => fleet.device('gaet')).toThrow(/gate, office/);
    await expect(fleet.control.device('gaet').persons()).rejects.toBeInstanceOf(ControlError);
  });

  test('after a restart the addresses are asked for again', async () => {
    const fleet = await start(fleetContainer());
    const gate = fleet.device();
    expect(await addPerson(gate.url, gate)).toBe(200);
    await fleet.restart();
    // What is not kept in a folder is gone, as everything in a container.
    expect(await fleet.device().control.persons()).toEqual([]);
    expect(await addPerson(fleet.device().url, fleet.device())).toBe(200);
  });

  test('what cannot be started is said in the simulator’s words, with no container left', async () => {
    const mine = { ...ownerLabels, 'pontaj.e2e.test': 'failing-start' };
    const failing = () => new HikvisionFleetContainer().withLabels(mine);
    expect(() => failing().withFaults('flaky-vnp')).toThrow(/flaky-vpn/);
    await expect(failing().withProfile('ds-k1t342').start()).rejects.toThrow(/ds-k1t342mfwx/);
    await expect(
      failing()
        .withDevices([{ id: 'a' }, { id: 'a' }])
        .start(),
    ).rejects.toThrow(/Two devices are called "a"/);
    expect(await containersWith(mine)).toBe(0);
  });
});
