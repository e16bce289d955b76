import { describe, expect, it } from 'vitest';
import { RECORD, userInfo } from '../isapi/testing/requests.ts';
import { testTerminal } from '../isapi/testing/test-terminal.ts';
import { showCard } from './access.ts';
import type { TerminalSnapshot } from './terminal.ts';

async function livedIn() {
  const t = testTerminal();
  await t.call('POST', RECORD, userInfo('1'));
  t.terminal.faces.set('1', { sha256: 'aa', sizeBytes: 10, origin: 'upload' });
  t.terminal.cards.add({ cardNo: '0042', employeeNo: '1', cardType: 'normalCard' });
  showCard(t.terminal, '0042');
  return t.terminal;
}

describe('Terminal', () => {
  it('loses faces and cards with their person', async () => {
    const terminal = await livedIn();
    expect(terminal.removePerson('1')).toBe(true);
    expect([terminal.persons.size, terminal.faces.size, terminal.cards.size]).toEqual([0, 0, 0]);
    expect(terminal.removePerson('1')).toBe(false);
  });

  it('comes back from a snapshot written as JSON', async () => {
    const terminal = await livedIn();
    const snapshot = terminal.snapshot();
    const copy = testTerminal().terminal;
    copy.restore(JSON.parse(JSON.stringify(snapshot)) as TerminalSnapshot);
    expect(copy.snapshot()).toEqual(snapshot);
    expect(copy.events.size).toBe(1);
  });

  it('shares nothing with a snapshot', async () => {
    const terminal = await livedIn();
    const before = JSON.stringify(terminal.snapshot());
    const snapshot = terminal.snapshot();
    terminal.restore(snapshot);
    terminal.removePerson('1');
    showCard(terminal, '0042');
    expect(JSON.stringify(snapshot)).toBe(before);
  });

  it('refuses what is no snapshot', () => {
    const { terminal } = testTerminal();
    expect(() => {
      terminal.restore({} as TerminalSnapshot);
    }).toThrow('"version": 1');
    expect(() => {
      terminal.restore(null as unknown as TerminalSnapshot);
    }).toThrow('"version": 1');
  });

  it('is empty after a reset and still itself', async () => {
    const terminal = await livedIn();
    const { identity } = terminal;
    terminal.reset();
    const { persons, faces, cards, events } = terminal;
    expect([persons.size, faces.size, cards.size, events.size]).toEqual([0, 0, 0, 0]);
    expect(terminal.identity).toBe(identity);
  });

  it('keeps its data when power is lost', async () => {
    const terminal = await livedIn();
    terminal.powerLost();
    expect([terminal.persons.size, terminal.faces.size, terminal.events.size]).toEqual([1, 1, 1]);
  });
});
