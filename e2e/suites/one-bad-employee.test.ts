import { describe, expect, test } from 'vitest';
import { drawFace } from '../src/faces/draw-face.ts';
import type { Stack } from '../src/stack/stack.ts';
import { expectAgreement } from './support/agreement.ts';
import { withStack } from './support/with-stack.ts';

async function setPhoto(stack: Stack, index: number, url: string | null): Promise<void> {
  const { error } = await stack.database
    .from('angajati_biometrie')
    .update({ foto_fata_url: url })
    .eq('id', stack.employees[index]!.biometricsId);
  expect(error).toBeNull();
}

describe('one employee of three', () => {
  test('has no number: skipped quietly in bulk, a clear 422 alone', () =>
    withStack({ devices: 1, employees: 2 }, async (stack) => {
      const { data } = await stack.database
        .from('angajati')
        .insert({ nume: 'Nou', prenume: 'Venit', nume_complet: 'Nou Venit', status: 'activ' })
        .select('id')
        .single();
      const bulk = await stack.sync('sync-all-to-all-devices');
      expect(bulk.body.status).toBe('completed');
      expect(bulk.body.summary).toMatchObject({ success: 2, skipped: 1, failed: 0 });
      const alone = await stack.sync('sync-angajat-all-devices', { angajat_id: data!.id });
      expect(alone.status).toBe(422);
      expect(alone.body.code).toBe('employee_no_missing');
      await expectAgreement(stack, bulk.body);
    }));

  test('has no photo: the person is created without a face; photo-only answers 422', () =>
    withStack({ devices: 1, employees: 3 }, async (stack) => {
      await setPhoto(stack, 1, null);
      const { body } = await stack.sync('sync-all-to-all-devices');
      expect(body.status).toBe('completed');
      expect(body.results[1]).toMatchObject({ status: 'sincronizat', person: 'created', face: 'missing' });
      expect(await stack.devices[0]!.faces()).toHaveLength(2);
      await expectAgreement(stack, body);
      const photo = await stack.sync('sync-angajat-photo-only', {
        angajat_id: stack.employees[1]!.employeeId,
      });
      expect(photo.status).toBe(422);
      expect(photo.body.code).toBe('photo_missing');
    }));

  test('has a photo that cannot be downloaded: partial, the next employee goes on, photo-only mends it', () =>
    withStack({ devices: 1, employees: 3 }, async (stack) => {
      const good = stack.employees[1]!.photoUrl;
      await setPhoto(stack, 1, good.replace('fata-', 'lipsa-'));
      const { status, body } = await stack.sync('sync-all-to-all-devices');
      expect(status).toBe(200);
      expect(body.status).toBe('partial');
      expect(body.results.map((result) => result.status)).toEqual(['sincronizat', 'partial', 'sincronizat']);
      expect(body.results[1]).toMatchObject({ person: 'created', face: 'failed' });
      await expectAgreement(stack, body);
      await setPhoto(stack, 1, good);
      const photo = await stack.sync('sync-angajat-photo-only', {
        angajat_id: stack.employees[1]!.employeeId,
      });
      expect(photo.body.status).toBe('completed');
      expect(await stack.devices[0]!.faces()).toHaveLength(3);
      await expectAgreement(stack, photo.body);
    }));

  test('has a photo the terminal refuses: in URL mode the answer says what is wrong with it', () =>
    withStack({ devices: 1, employees: 3, daemonEnv: { FACE_DELIVERY: 'url' } }, async (stack) => {
      const { error } = await stack.database.storage
        .from('pontaj-photos')
        .upload('progresiva.jpg', await drawFace(77, { progressive: true }), { contentType: 'image/jpeg' });
      expect(error).toBeNull();
      await setPhoto(stack, 1, stack.employees[1]!.photoUrl.replace(/fata-\d+/, 'progresiva'));
      const { body } = await stack.sync('sync-all-to-all-devices');
      expect(body.results[1]).toMatchObject({ status: 'partial', face: 'failed' });
      expect(body.results[1]?.error?.message).toMatch(/progressive/i);
      await expectAgreement(stack, body);
    }));

  test('a terminal that cannot download gets the photos sent', () =>
    withStack({ devices: [{ traits: { faceUrls: 'own-only' } }, {}], employees: 3 }, async (stack) => {
      const { body } = await stack.sync('sync-all-to-all-devices');
      expect(body.status).toBe('completed');
      const [noDownload, normal] = stack.devices;
      expect((await noDownload!.faces()).every(({ origin }) => origin === 'upload')).toBe(true);
      expect((await normal!.faces()).every(({ origin }) => origin !== 'upload')).toBe(true);
      // It is tried once, then remembered.
      const refused = (await noDownload!.requests({ endpoint: 'face-record' })).filter(
        ({ subStatusCode }) => subStatusCode !== null && /download/i.test(subStatusCode),
      );
      expect(refused).toHaveLength(1);
    }));
});
