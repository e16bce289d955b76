import { describe, expect, it } from 'vitest';
import { testTerminal } from '../isapi/testing/test-terminal.ts';
import { showCard, showFace } from './access.ts';
import type { PersonData } from './persons.ts';

/** 2026-01-05 is a Monday; the device's zone is three hours east. */
function site(more: Partial<PersonData> = {}, options: { face?: boolean } = {}) {
  const t = testTerminal();
  const { terminal } = t;
  terminal.persons.set('1000', {
    name: 'Person One',
    userType: 'normal',
    valid: {
      enable: true,
      beginTime: '2025-10-10T00:00:00',
      endTime: '2037-12-31T23:59:59',
      timeType: 'local',
    },
    doorRight: '1',
    rightPlan: [{ doorNo: 1, planTemplateNo: '1' }],
    extras: null,
    ...more,
  });
  if (options.face ?? true) terminal.faces.set('1000', { sha256: null, sizeBytes: 0, origin: 'seeded' });
  terminal.cards.add({ cardNo: '0007', employeeNo: '1000', cardType: 'normalCard' });
  return t;
}

const valid = (more: object) => ({
  valid: {
    enable: true,
    beginTime: '2025-10-10T00:00:00',
    endTime: '2037-12-31T23:59:59',
    timeType: 'local' as const,
    ...more,
  },
});

describe('somebody shows their face', () => {
  it('and gets in: an event with their name, and the door opens', async () => {
    const { terminal, clock } = site();
    expect(showFace(terminal, '1000')).toMatchObject({
      major: 5,
      minor: 75,
      employeeNo: '1000',
      name: 'Person One',
      userType: 'normal',
      time: '2026-01-05T11:00:00+03:00',
      picture: { of: '1000' },
    });
    expect(terminal.doors.isOpen(1)).toBe(true);
    await clock.advance(5000);
    expect(terminal.doors.isOpen(1)).toBe(false);
  });

  it.each([
    ['a stranger', null, true],
    ['a person nobody knows', '9999', true],
    ['a person without a face on the device', '1000', false],
  ])('%s is not recognised, and the record names nobody', (_, employeeNo, face) => {
    const { terminal } = site({}, { face });
    const event = showFace(terminal, employeeNo);
    expect(event.minor).toBe(76);
    expect(event).not.toHaveProperty('employeeNo');
    expect(event).not.toHaveProperty('name');
    expect(terminal.doors.isOpen(1)).toBe(false);
  });

  it.each([
    ['a leaver who was disabled', valid({ enable: false }), 8],
    ['before the first day', valid({ beginTime: '2026-01-05T11:00:01' }), 8],
    ['on the first second', valid({ beginTime: '2026-01-05T11:00:00' }), 75],
    ['after the last day', valid({ endTime: '2026-01-05T10:59:59' }), 8],
    ['on the last second', valid({ endTime: '2026-01-05T11:00:00' }), 75],
    ['in Greenwich time, not yet', valid({ timeType: 'UTC', beginTime: '2026-01-05T09:00:00' }), 8],
    ['in Greenwich time', valid({ timeType: 'UTC', beginTime: '2026-01-05T08:00:00' }), 75],
    ['somebody on the black list', { userType: 'blackList' }, 6],
    ['without a right for the door', { doorRight: '' }, 6],
    ['with a right for another door', { doorRight: '2' }, 6],
    ['with a right for several doors', { doorRight: '2, 1' }, 75],
    ['without a plan', { rightPlan: [] }, 6],
    ['with a plan whose number was misspelt', { rightPlan: [{ doorNo: 1, planTemplateNo: '' }] }, 6],
    ['with a plan for another door', { rightPlan: [{ doorNo: 2, planTemplateNo: '1' }] }, 6],
    ['with a plan that is off', { rightPlan: [{ doorNo: 1, planTemplateNo: '2' }] }, 7],
    ['with one of several plans', { rightPlan: [{ doorNo: 1, planTemplateNo: '2,1' }] }, 75],
  ])('%s', (_, more, minor) => {
    const { terminal } = site(more);
    const event = showFace(terminal, '1000');
    expect(event.minor).toBe(minor);
    expect(event.employeeNo).toBe('1000');
    expect(terminal.doors.isOpen(1)).toBe(minor === 75);
  });

  it('judged by the clock of the device, however wrong', () => {
    const { terminal } = site(valid({ endTime: '2026-12-31T23:59:59' }));
    terminal.deviceTime.setOffset(365 * 86_400_000);
    expect(showFace(terminal, '1000').minor).toBe(8);
  });

  it('without a picture where pictures are not saved', () => {
    const { terminal } = site();
    terminal.settings.merge('AcsCfg', { saveCapPic: false });
    expect(showFace(terminal, '1000')).not.toHaveProperty('picture');
  });

  it('waits for somebody far away where that is set', () => {
    const { terminal } = site();
    terminal.settings.merge('AcsCfg', { remoteCheckDoorEnabled: true }, ['remoteCheckDoorEnabled']);
    const event = showFace(terminal, '1000');
    expect(event.remoteCheck).toBe(true);
    expect(terminal.doors.isOpen(1)).toBe(false);
    expect(terminal.doors.verify(event.serialNo, 1, 'success')).toBe(true);
    expect(terminal.doors.isOpen(1)).toBe(true);
  });
});

describe('somebody holds a card to the reader', () => {
  it('and gets in', () => {
    const { terminal } = site({}, { face: false });
    expect(showCard(terminal, '0007')).toMatchObject({ minor: 1, cardNo: '0007', employeeNo: '1000' });
    expect(terminal.doors.isOpen(1)).toBe(true);
  });

  it('that nobody has', () => {
    const { terminal } = site();
    const event = showCard(terminal, '7');
    expect(event).toMatchObject({ minor: 9, cardNo: '7' });
    expect(event).not.toHaveProperty('employeeNo');
    expect(terminal.doors.isOpen(1)).toBe(false);
  });

  it('of a disabled leaver', () => {
    const { terminal } = site(valid({ enable: false }));
    expect(showCard(terminal, '0007')).toMatchObject({ minor: 8, employeeNo: '1000' });
    expect(terminal.doors.isOpen(1)).toBe(false);
  });

  it('of somebody who was deleted is unknown', () => {
    const { terminal } = site();
    terminal.removePerson('1000');
    expect(showCard(terminal, '0007').minor).toBe(9);
  });
});
