import { describe, expect, it } from 'vitest';
import { MAX_LINKS, Pictures } from './pictures.ts';

const FACE = { pictureNo: 10, revision: 96 };

describe('pictures', () => {
  it('of faces have the address of a device, the same while nothing changes', () => {
    const pictures = new Pictures();
    const link = pictures.linkFace(FACE);
    expect(link).toBe('/LOCALS/pic/enrlFace/0/0000000010.jpg@WEB000000000096');
    expect(pictures.linkFace(FACE)).toBe(link);
    expect(pictures.resolve(link)).toEqual({ kind: 'face', pictureNo: 10, revision: 96 });
  });

  it('of a replaced face have another suffix, and each names its own revision', () => {
    const pictures = new Pictures();
    const old = pictures.linkFace(FACE);
    const next = pictures.linkFace({ ...FACE, revision: 97 });
    expect(next).not.toBe(old);
    expect(pictures.resolve(old)).toMatchObject({ revision: 96 });
    expect(pictures.resolve(next)).toMatchObject({ revision: 97 });
  });

  it('of events have the day and time in their address', () => {
    const pictures = new Pictures();
    const link = pictures.linkEvent({ serialNo: 5, of: null, wallClock: '2025-08-24T17:37:02' });
    expect(link).toBe('/LOCALS/pic/acsLinkCap/202508_00/24_173702_30075_5.jpeg@WEB000000000001');
    expect(pictures.resolve(link)).toEqual({ kind: 'event', serialNo: 5, of: null });
  });

  it('of captures replace each other', () => {
    const pictures = new Pictures();
    const first = pictures.linkCapture();
    const second = pictures.linkCapture();
    expect(first).toBe('/LOCALS/pic/web_face_enrollpic.jpg@WEB000000000001');
    expect(pictures.resolve(first)).toBeUndefined();
    expect(pictures.resolve(second)).toEqual({ kind: 'capture', number: 2 });
  });

  it.each([
    '',
    '@WEB',
    '/LOCALS/pic/x.jpg',
    '/LOCALS/pic/enrlFace/0/0000000010.jpg@WEB000000000000',
    '/LOCALS/pic/enrlFace/0/0000000010.jpg@WEB96',
    '/LOCALS/pic/enrlFace/0/0000000010.jpg@WEB-00000000096',
    '/LOCALS/pic/enrlFace/0/10.jpg@WEB000000000096',
    '/@WEB1@WEB1',
  ])('%j shows nothing', (path) => {
    const pictures = new Pictures();
    pictures.linkFace(FACE);
    expect(pictures.resolve(path)).toBeUndefined();
  });

  it('of events: the longest unused go stale when there are too many', () => {
    const pictures = new Pictures();
    const link = (serialNo: number) =>
      pictures.linkEvent({ serialNo, of: null, wallClock: '2025-08-24T17:37:02' });
    const first = link(1);
    const second = link(2);
    for (let serialNo = 3; serialNo <= MAX_LINKS; serialNo += 1) link(serialNo);
    expect(pictures.resolve(second)).toBeDefined();
    for (let serialNo = MAX_LINKS; serialNo <= 3 * MAX_LINKS; serialNo += 1) {
      link(1);
      link(serialNo);
    }
    expect(pictures.resolve(first)).toBeDefined();
    expect(pictures.resolve(second)).toBeUndefined();
  });

  it('go stale in a reboot, and no suffix comes twice', () => {
    const pictures = new Pictures();
    const before = pictures.linkFace(FACE);
    pictures.dropLinks();
    expect(pictures.resolve(before)).toBeUndefined();
    expect(pictures.linkFace(FACE)).not.toBe(before);
    const other = new Pictures();
    other.restore(pictures.snapshot());
    expect(other.linkFace(FACE)).toMatch(/@WEB000000000288$/);
  });
});
