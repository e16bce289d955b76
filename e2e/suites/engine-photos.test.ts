import { expect, test } from 'vitest';
import sharp from 'sharp';
import { drawFace } from '../src/faces/draw-face.ts';
import type { Stack, StoredEmployee } from '../src/stack/stack.ts';
import { photoHash } from './support/agreement.ts';
import { changesOf, endpointsOf, mark } from './support/calls.ts';
import { setPhotoUrl, trackingOf } from './support/rows.ts';
import { useStack } from './support/use-stack.ts';

const PHOTO_MAX_BYTES = 200 * 1024;
const shared = useStack({ devices: 2, employees: 4, daemonEnv: { FACE_DELIVERY: 'upload' } });

async function givePhoto(stack: Stack, employee: StoredEmployee, file: string, jpeg: Buffer): Promise<void> {
  const bucket = stack.database.storage.from('pontaj-photos');
  const { error } = await bucket.upload(file, jpeg, { contentType: 'image/jpeg', upsert: true });
  expect(error).toBeNull();
  await setPhotoUrl(stack, employee, bucket.getPublicUrl(file).data.publicUrl);
}

test('photos that terminals refuse are repaired, sent, and accepted', async () => {
  const { stack } = shared;
  const [progressive, sampled, rotated, large] = stack.employees;
  const upright = await drawFace(92);
  const huge = await sharp(await drawFace(93, { width: 2400, quality: 100 }))
    .composite([
      {
        input: {
          create: {
            width: 2400,
            height: 600,
            channels: 3,
            background: 'gray',
            noise: { type: 'gaussian', mean: 128, sigma: 60 },
          },
        },
        gravity: 'south',
      },
    ])
    .jpeg({ quality: 100 })
    .toBuffer();
  expect(huge.length).toBeGreaterThan(PHOTO_MAX_BYTES);
  await givePhoto(stack, progressive!, 'progresiva.jpg', await drawFace(90, { progressive: true }));
  await givePhoto(stack, sampled!, 'culori.jpg', await drawFace(91, { chroma: '4:4:4' }));
  await givePhoto(
    stack,
    rotated!,
    'culcata.jpg',
    await sharp(upright).rotate(270).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
  );
  await givePhoto(stack, large!, 'mare.jpg', huge);

  const { body } = await stack.sync('sync-all-to-all-devices');
  expect(body).toMatchObject({ status: 'completed', errors: [], summary: { success: 8 } });
  for (const device of stack.devices) {
    const faces = await device.faces();
    expect(faces).toHaveLength(4);
    for (const face of faces) {
      expect(face.origin).toBe('upload');
      expect(face.sizeBytes).toBeLessThanOrEqual(PHOTO_MAX_BYTES);
    }
  }
  // Prepared once: every terminal got the same bytes.
  const [here, there] = await Promise.all(stack.devices.map((device) => device.faces()));
  expect(here?.map(({ sha256 }) => sha256)).toEqual(there?.map(({ sha256 }) => sha256));
  const again = await Promise.all(stack.devices.map(mark));
  await stack.sync('sync-all-to-all-devices');
  for (const [index, device] of stack.devices.entries())
    expect(await changesOf(device, again[index])).toEqual([]);
});

test('the old face stays until the terminal has accepted the new one', async () => {
  const { stack } = shared;
  const [gate] = stack.devices;
  const employee = stack.employees[0]!;
  const number = String(employee.employeeNo);
  const faceOf = async () => (await gate!.faces()).find(({ FPID }) => FPID === number)?.sha256;
  const old = await faceOf();
  employee.faceSeed = 41;
  await givePhoto(stack, employee, 'noua.jpg', await drawFace(41));

  await gate!.setFaults([
    { when: { endpoint: 'face-*' }, what: { kind: 'modelling-fails', code: 'faceLowQulity' } },
  ]);
  const { body } = await stack.sync('sync-angajat-photo-only', { angajat_id: employee.employeeId });
  const here = body.results.find(({ dispozitiv_id }) => dispozitiv_id === gate!.databaseId);
  expect(here).toMatchObject({ status: 'eroare', face: 'failed' });
  expect(await faceOf()).toBe(old);
  expect(await trackingOf(stack, gate!, employee.employeeNo)).toMatchObject({
    status_sincronizare: 'eroare',
    eroare_cod: here?.error?.code,
  });

  await gate!.setFaults([]);
  const before = await mark(gate!);
  const next = await stack.sync('sync-angajat-photo-only', { angajat_id: employee.employeeId });
  expect(next.body.status).toBe('completed');
  expect(endpointsOf(await changesOf(gate!, before))).toEqual(['face-setup']);
  expect(await faceOf()).toBe(await photoHash(employee));
});
