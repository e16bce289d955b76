import { describe, expect, it } from 'vitest';
import { Faces } from './faces.ts';

const picture = (sha256: string) => ({ sha256, sizeBytes: 1000, origin: 'upload' });
const withInfrared = () => new Faces({ infraredLibrary: true });

describe('Faces', () => {
  it('finds whose picture it is, until that person has another one', () => {
    const faces = withInfrared();
    faces.set('1', picture('aa'));
    expect(faces.twinOf('aa', '2')?.FPID).toBe('1');
    expect(faces.twinOf('aa', '1')).toBeUndefined();
    faces.set('1', picture('bb'));
    expect(faces.twinOf('aa', '2')).toBeUndefined();
    faces.remove('1');
    expect(faces.twinOf('bb', '2')).toBeUndefined();
  });

  it('keeps libraries apart', () => {
    const faces = withInfrared();
    faces.set('1', picture('aa'), '2');
    expect(faces.has('1')).toBe(false);
    expect(faces.twinOf('aa', '2')).toBeUndefined();
    expect(faces.size).toBe(0);
    expect(() => faces.set('1', picture('aa'), '9')).toThrow('no face library 9');
  });

  it('loses the faces of a person in every library', () => {
    const faces = withInfrared();
    faces.set('1', picture('aa'));
    faces.set('1', picture('bb'), '2');
    faces.removePerson('1');
    expect([faces.count('1'), faces.count('2')]).toEqual([0, 0]);
  });

  it('gives a face without picture a fingerprint of its own, which is nobody’s twin', () => {
    const faces = withInfrared();
    const seeded = { sha256: null, sizeBytes: 0, origin: 'seeded' };
    const first = faces.set('1', seeded);
    expect(first.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(faces.set('2', seeded).sha256).not.toBe(first.sha256);
    expect(faces.twinOf(first.sha256, '2')).toBeUndefined();
  });

  it('counts the revisions of a picture, so that old links go stale', () => {
    const faces = withInfrared();
    const { pictureNo, revision } = faces.set('1', picture('aa'));
    const again = faces.set('1', picture('aa'));
    expect(again.pictureNo).toBe(pictureNo);
    expect(again.revision).toBeGreaterThan(revision);
  });

  it('empties a built-in library and forgets another one', () => {
    const faces = withInfrared();
    const own = faces.createLibrary('blackFD', 'own', '')!;
    faces.set('1', picture('aa'));
    faces.set('1', picture('aa'), own);
    expect(faces.deleteLibrary('1')).toBe(true);
    expect(faces.deleteLibrary(own)).toBe(true);
    expect(faces.deleteLibrary(own)).toBe(false);
    expect(faces.libraries().map((library) => library.FDID)).toEqual(['1', '2']);
    expect(faces.size).toBe(0);
  });

  it('comes back from a snapshot, links and all', () => {
    const faces = withInfrared();
    const own = faces.createLibrary('staticFD', 'own', 'x')!;
    faces.set('1', picture('aa'));
    faces.set('2', picture('bb'));
    faces.set('1', picture('cc'), own);
    faces.remove('1');
    const snapshot = faces.snapshot();
    const copy = withInfrared();
    copy.restore(JSON.parse(JSON.stringify(snapshot)) as typeof snapshot);
    expect(copy.snapshot()).toEqual(snapshot);
    expect(copy.twinOf('bb', '9')?.FPID).toBe('2');
    expect(copy.set('3', picture('dd')).pictureNo).toBe(faces.set('3', picture('dd')).pictureNo);
  });
});
