import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { docker } from '../../scripts/containers/docker.ts';
import type {} from '../../scripts/containers/vitest-setup.ts';
import { drawFace } from '../src/faces/draw-face.ts';
import { inventPeople, type Person } from '../src/people/people.ts';
import { storePeople } from '../src/people/store-people.ts';
import { proofProject } from '../src/stack/containers/docker.ts';
import { filesOf, inside } from './support/image-files.ts';
import { saveEvidence } from './support/evidence.ts';
import { startProofStack, TERMINALS, type ProofStack } from './support/proof-stack.ts';
import { suitesOnStack } from './support/suites-on-stack.ts';

// A compose file from nothing to nothing: the tests are the steps of one story and build on each other. Of which one:
// COMPOSE_PROOF=docker-compose.supabase.yml where the official images can be pulled.
const FILE = process.env.COMPOSE_PROOF ?? 'docker-compose.yml';

/** COMPOSE_SUITES=all: every suite, as `npm run containers:proof` has it; else two of them, so that `npm test` ends in time. */
const SUITES = process.env.COMPOSE_SUITES === 'all' ? [] : ['happy-path', 'killed'];

/** More than `up` or `down` is given, so that a failure says what failed. */
const SETUP_TIMEOUT_MS = 600_000;

/** Active employees of the seed; they have no photo. */
const SEEDED = 2;

let stack: ProofStack;
/** What there is to take down; nothing when the start failed, which took itself down. */
let started: ProofStack | undefined;
let failed = false;
const everybody: Person[] = [];

beforeAll(async () => {
  started = await startProofStack(proofProject, FILE, inject('postgresImage'));
  stack = started;
}, SETUP_TIMEOUT_MS);
afterEach(({ task }) => {
  failed ||= task.result?.state === 'fail';
});
afterAll(async () => {
  if (!started) return;
  if (failed) console.log(`Logs, journals and database: ${await saveEvidence(started.project, TERMINALS)}`);
  await started.end();
}, SETUP_TIMEOUT_MS);

/** People with photos, as the company's application would enter them, reachable from where the terminals are. */
async function enter(people: Person[]): Promise<void> {
  for (const { employeeId, photoUrl } of await storePeople(stack.database, people)) {
    const { error } = await stack.database
      .from('angajati_biometrie')
      .update({ foto_fata_url: stack.photoUrlInside(photoUrl) })
      .eq('angajat_id', employeeId);
    expect(error).toBeNull();
  }
  everybody.push(...people);
}

async function expectInStep(terminal: string): Promise<void> {
  const { persons, faces } = await stack.held(terminal);
  expect(persons).toHaveLength(SEEDED + everybody.length);
  expect(persons.map(({ name }) => name)).toEqual(
    expect.arrayContaining(everybody.map(({ nume, prenume }) => `${nume} ${prenume}`)),
  );
  const photos = await Promise.all(everybody.map(({ faceSeed }) => drawFace(faceSeed)));
  const sums = photos.map((photo) => createHash('sha256').update(photo).digest('hex'));
  expect(faces.map(({ sha256 }) => sha256).sort()).toEqual(sums.sort());
}

describe('the compose stack', () => {
  test('a sync puts every active employee on every terminal, faces fetched over the line', async () => {
    await enter(inventPeople(4));
    const { status, body } = await stack.sync('sync-all-to-all-devices');
    expect(body.errors).toEqual([]);
    expect([status, body.status]).toEqual([200, 'completed']);
    for (const terminal of TERMINALS) await expectInStep(terminal);
    const { faces } = await stack.held('poarta-1');
    expect(faces.every(({ origin }) => origin.includes('http://supabase:54321/'))).toBe(true);
  });

  test('a terminal cut off the network: the run says so, the others get everything', async () => {
    await stack.cut('poarta-2');
    await enter(inventPeople(5).slice(4));
    const { body } = await stack.sync('sync-all-to-all-devices');
    expect(body.status).toBe('partial');
    expect(body.devices.map(({ nume, status }) => [nume, status])).toEqual(
      expect.arrayContaining([
        ['Poarta 1', 'ok'],
        ['Poarta 2', 'stopped'],
        ['Poarta 3', 'ok'],
      ]),
    );
    await expectInStep('poarta-1');
    await expectInStep('poarta-3');
    const { persons } = await stack.held('poarta-2');
    expect(persons).toHaveLength(SEEDED + everybody.length - 1);
  });

  test('back on the network, the next run brings it in step', async () => {
    await stack.mend('poarta-2');
    const { body } = await stack.sync('sync-all-to-all-devices');
    expect(body.errors).toEqual([]);
    expect(body.status).toBe('completed');
    await expectInStep('poarta-2');
  });

  test('what is published is published on the loopback address alone', async () => {
    const containers = await docker([
      ...['ps', '--quiet', '--filter', `label=com.docker.compose.project=${stack.project.name}`],
    ]);
    const ids = containers.trim().split('\n');
    const bindings = await docker(['inspect', '--format', '{{json .NetworkSettings.Ports}}', ...ids]);
    const hosts = Array.from(bindings.matchAll(/"HostIp":"([^"]*)"/g), ([, host]) => host);
    // Database, Supabase, daemon, and each terminal's control API.
    expect(hosts.length).toBeGreaterThanOrEqual(TERMINALS.length + 3);
    expect(new Set(hosts)).toEqual(new Set(['127.0.0.1']));
  });
});

describe('the production image', () => {
  test('runs on a read-only system, without capabilities, as nobody in particular', async () => {
    const container = await stack.project.container('sync');
    const status = await inside(
      container,
      `console.log(require('fs').readFileSync('/proc/1/status', 'utf8'))`,
    );
    expect(status).toMatch(/^CapEff:\s+0+$/m);
    expect(status).toMatch(/^CapPrm:\s+0+$/m);
    expect(status).toMatch(/^Uid:\s+1000\s+1000\s+1000\s+1000$/m);
    expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
    const refused = await inside(
      container,
      `for (const at of ['/x', '/tmp/x', '/app/x']) try { require('fs').writeFileSync(at, ''); } catch (error) { console.log(error.code); }`,
    );
    expect(refused.trim().split('\n')).toEqual(['EROFS', 'EROFS', 'EROFS']);
  });

  test('holds the daemon and nothing of simulator, tests or tools', async () => {
    const files = await filesOf(await stack.project.container('sync'));
    expect(files).toContain('/app/sync/dist/main.js');
    expect(files.filter((file) => /simulator|e2e|\.(test|suite)\.|vitest|typescript/.test(file))).toEqual([]);
    expect(files.filter((file) => file.startsWith('/app/sync') && /\/testing\/|\.ts$/.test(file))).toEqual(
      [],
    );
    expect(files.filter((file) => /\/(sh|bash|busybox|npm|npx|apt|gcc|make|python3?)$/.test(file))).toEqual(
      [],
    );
  });

  test('brings its bill of materials and licence list', async () => {
    const container = await stack.project.container('sync');
    const read = (file: string) =>
      inside(
        container,
        `console.log(require('fs').readFileSync('/usr/share/doc/pontaj-sync/${file}', 'utf8'))`,
      );
    const bill = JSON.parse(await read('sbom.cdx.json')) as {
      bomFormat: string;
      components: { name: string }[];
    };
    expect(bill.bomFormat).toBe('CycloneDX');
    expect(bill.components.map(({ name }) => name)).toEqual(expect.arrayContaining(['express', 'undici']));
    const licences = await read('licences.txt');
    expect(licences).toMatch(/^express@\d.*: MIT$/m);
    expect(licences).not.toContain('NOT STATED');
  });
});

test(
  'the suites pass on its database and its Supabase',
  async () => {
    // Whose terminals they would be, should two daemons drive them.
    await docker(['stop', await stack.project.container('sync')]);
    await suitesOnStack(stack.access, SUITES);
  },
  SETUP_TIMEOUT_MS * 2,
);

test('taken down, it leaves nothing', async () => {
  expect(await stack.project.remains()).not.toEqual([]);
  await stack.project.down();
  expect(await stack.project.remains()).toEqual([]);
}, 120_000);
