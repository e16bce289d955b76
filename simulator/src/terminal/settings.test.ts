import { describe, expect, it } from 'vitest';
import { Settings } from './settings.ts';

describe('settings', () => {
  it('take over known keys and ignore others', () => {
    const settings = new Settings();
    settings.merge('AcsCfg', { saveCapPic: false, unheardOf: 1 });
    expect(settings.get('AcsCfg')).toMatchObject({ saveCapPic: false, saveFacePic: true });
    expect(settings.get('AcsCfg')).not.toHaveProperty('unheardOf');
  });

  it('take over further keys where the caller names them', () => {
    const settings = new Settings();
    settings.merge('AcsCfg', { remoteCheckDoorEnabled: true }, ['remoteCheckDoorEnabled']);
    expect(settings.get('AcsCfg').remoteCheckDoorEnabled).toBe(true);
  });

  it.each([
    ['nested', { cardReaderFunction: { a: 1 } }],
    ['nested in a list', { cardReaderFunction: [[1]] }],
    ['long', { cardReaderDescription: 'x'.repeat(257) }],
    ['null', { cardReaderDescription: null }],
  ])('keep nothing that is %s', (_, change) => {
    const settings = new Settings();
    const before = settings.get('CardReaderCfg');
    settings.merge('CardReaderCfg', change);
    expect(settings.get('CardReaderCfg')).toEqual(before);
  });

  it('of one terminal are not those of another', () => {
    const settings = new Settings();
    settings.merge('FaceRecognizeMode', { mode: 'deepMode' });
    expect(new Settings().get('FaceRecognizeMode')).toEqual({ mode: 'normalMode' });
    const other = new Settings();
    other.restore(settings.snapshot());
    expect(other.get('FaceRecognizeMode')).toEqual({ mode: 'deepMode' });
    other.clear();
    expect(other.get('FaceRecognizeMode')).toEqual({ mode: 'normalMode' });
  });
});
