import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { seededRandom } from '../random.ts';
import type { StateEffects } from './exchange.ts';
import type { Fault } from './fault.ts';
import { FaultError } from './fault-error.ts';
import { FaultSet } from './fault-set.ts';
import { faceRecord, handClock, personRecord, unsigned } from './testing.ts';

function newSet(seed = 1) {
  const clock = handClock();
  const effects = {
    changePassword: vi.fn<StateEffects['changePassword']>(),
    reboot: vi.fn<StateEffects['reboot']>(),
    editAtTerminal: vi.fn<StateEffects['editAtTerminal']>(),
    setClockOffset: vi.fn<StateEffects['setClockOffset']>(),
  };
  return { clock, effects, faults: new FaultSet({ clock, random: seededRandom(seed), effects }) };
}

/** Ids of the faults that took part in each of `calls` equal exchanges. */
function play(faults: FaultSet, calls: number, exchange = personRecord) {
  return Array.from({ length: calls }, () => faults.decide(exchange).map((fault) => fault.id));
}

describe('the list', () => {
  test('faults get ids, sets keep their name, and both can be removed', () => {
    const { faults } = newSet();
    faults.set([{ what: { kind: 'busy' } }, 'full-disk', { id: 'mine', what: { kind: 'html' } }]);
    expect(faults.list().map((fault) => fault.id)).toEqual(['fault-1', 'full-disk/1', 'full-disk/2', 'mine']);
    expect(faults.remove('full-disk')).toBe(true);
    expect(faults.remove('mine')).toBe(true);
    expect(faults.remove('mine')).toBe(false);
    expect(faults.list().map((fault) => fault.id)).toEqual(['fault-1']);
  });

  test('adding finds a free id and returns what remove takes', () => {
    const { faults } = newSet();
    const first = faults.add({ what: { kind: 'busy' } });
    const second = faults.add({ what: { kind: 'html' } });
    expect(new Set([first, second]).size).toBe(2);
    expect(faults.add('flaky-vpn')).toBe('flaky-vpn');
    expect(faults.remove('flaky-vpn')).toBe(true);
    expect(faults.list()).toHaveLength(2);
  });

  test('a bad list changes nothing', () => {
    const { faults } = newSet();
    faults.set(['busy']);
    expect(() => {
      faults.set([{ what: { kind: 'html' } }, 'no-such-set']);
    }).toThrow(/faults\[1\].*no packaged set "no-such-set"/);
    expect(faults.list().map((fault) => fault.id)).toEqual(['busy/1']);
  });

  test('a fault for an endpoint that does not exist is refused', () => {
    const faults = new FaultSet({
      clock: handClock(),
      random: seededRandom(1),
      endpointNames: ['person-record'],
    });
    expect(() => {
      faults.set([{ when: { endpoint: 'person-recrod' }, what: { kind: 'busy' } }]);
    }).toThrow(/did you mean "person-record"/);
    expect(() => faults.add({ when: { endpoint: 'face-*' }, what: { kind: 'busy' } })).toThrow(FaultError);
    expect(faults.list()).toEqual([]);
  });

  test('what is listed is a copy', () => {
    const { faults } = newSet();
    faults.set([{ id: 'a', what: { kind: 'delay', ms: 5 } }]);
    const [listed] = faults.list();
    if (listed?.what.kind === 'delay') listed.what.ms = 99;
    expect(faults.list()[0]?.what).toEqual({ kind: 'delay', ms: 5 });
  });
});

describe('counting', () => {
  test('nth, every and times count only the calls that fit otherwise', () => {
    const { faults } = newSet();
    faults.set([
      { id: 'third', when: { nth: 3 }, what: { kind: 'busy' } },
      { id: 'even', when: { every: 2 }, what: { kind: 'busy' } },
      { id: 'twice', when: { times: 2 }, what: { kind: 'busy' } },
      { id: 'faces', when: { endpoint: 'face-*', nth: 1 }, what: { kind: 'busy' } },
    ]);
    expect(play(faults, 4)).toEqual([['twice'], ['even', 'twice'], ['third'], ['even']]);
    expect(play(faults, 1, faceRecord)).toEqual([['faces']]);
    expect(faults.counts()).toContainEqual({ id: 'twice', seen: 5, fired: 2 });
  });

  test('setting the list again starts the counters anew', () => {
    const { faults } = newSet();
    const list: Fault[] = [{ id: 'once', when: { times: 1 }, what: { kind: 'busy' } }];
    faults.set(list);
    expect(play(faults, 2)).toEqual([['once'], []]);
    faults.set(list);
    expect(play(faults, 2)).toEqual([['once'], []]);
  });

  test('a window opens and closes with the clock', () => {
    const { faults, clock } = newSet();
    faults.set([{ id: 'w', when: { fromMs: 100, untilMs: 200 }, what: { kind: 'silence' } }]);
    expect(play(faults, 1)).toEqual([[]]);
    clock.advance(100);
    expect(play(faults, 1)).toEqual([['w']]);
    clock.advance(100);
    expect(play(faults, 1)).toEqual([[]]);
  });

  test('a kind without meaning for a call neither takes part nor counts it', () => {
    const { faults } = newSet();
    faults.set([{ id: 'model', when: { times: 1 }, what: { kind: 'modelling-fails' } }]);
    expect(play(faults, 3)).toEqual([[], [], []]);
    expect(play(faults, 2, faceRecord)).toEqual([['model'], []]);
  });

  test('the unsigned half of a handshake is not counted for a signed fault', () => {
    const { faults } = newSet();
    faults.set([{ id: 'first', when: { nth: 1 }, what: { kind: 'busy' } }]);
    expect(play(faults, 3, unsigned)).toEqual([[], [], []]);
    expect(play(faults, 1)).toEqual([['first']]);
  });
});

describe('randomness', () => {
  const spotty: Fault = {
    id: 'spotty',
    when: { probability: 0.3 },
    what: { kind: 'delay', ms: 0, spreadMs: 100 },
  };

  test('same seed, same calls, same answers; another seed differs', () => {
    const run = (seed: number) => {
      const { faults } = newSet(seed);
      faults.set([spotty]);
      return Array.from({ length: 200 }, () => faults.decide(personRecord).map(({ roll }) => roll));
    };
    expect(run(7)).toEqual(run(7));
    expect(run(7)).not.toEqual(run(8));
  });

  test('about as often as asked for', () => {
    const { faults } = newSet();
    faults.set([spotty]);
    const fired = play(faults, 5000).filter((ids) => ids.length > 0).length;
    expect(fired).toBeGreaterThan(1350);
    expect(fired).toBeLessThan(1650);
  });

  test('another fault, or calls that do not fit, shift nothing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 31 }),
        fc.array(fc.boolean(), { maxLength: 60 }),
        (seed, noise) => {
          const alone = newSet(seed);
          alone.faults.set([spotty]);
          const crowded = newSet(seed);
          crowded.faults.set([{ id: 'other', when: { probability: 0.5 }, what: { kind: 'busy' } }, spotty]);
          for (const between of noise) {
            if (between) crowded.faults.decide(unsigned);
            const expected = alone.faults.decide(personRecord);
            const found = crowded.faults.decide(personRecord).filter(({ id }) => id === 'spotty');
            expect(found).toEqual(expected);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  test('a snapshot goes on exactly where it was taken', () => {
    const { faults, clock } = newSet(3);
    faults.set([spotty, { id: 'w', when: { untilMs: 50, every: 3 }, what: { kind: 'busy' } }]);
    play(faults, 7);
    const copy = new FaultSet({ clock, random: seededRandom(3) });
    copy.restore(JSON.parse(JSON.stringify(faults.snapshot())) as ReturnType<FaultSet['snapshot']>);
    expect(copy.list()).toEqual(faults.list());
    expect(play(copy, 30)).toEqual(play(faults, 30));
  });
});

test('what is no snapshot is refused and changes nothing', () => {
  const { faults } = newSet();
  faults.set(['busy']);
  for (const bad of [
    [{ fault: { what: { kind: 'busy' } } }],
    [1],
    {},
    [{ ...faults.snapshot()[0], fault: { what: { kind: 'nope' } } }],
  ])
    expect(() => {
      faults.restore(bad as never);
    }).toThrow(FaultError);
  expect(faults.list().map(({ id }) => id)).toEqual(['busy/1']);
});

describe('the port', () => {
  test('refused and offline act on connections, not on exchanges', () => {
    const { faults } = newSet();
    faults.set([{ when: { nth: 2 }, what: { kind: 'refused' } }]);
    expect([1, 2, 3].map(() => faults.connectionRefused())).toEqual([false, true, false]);
    expect(faults.decide(personRecord)).toEqual([]);
  });

  test('portState follows the windows and says when to ask again', () => {
    const { faults, clock } = newSet();
    faults.set([
      { when: { fromMs: 100, untilMs: 300 }, what: { kind: 'offline' } },
      { when: { nth: 1 }, what: { kind: 'refused' } },
      { when: { fromMs: 10 }, what: { kind: 'silence' } },
    ]);
    expect(faults.portState()).toEqual({ closed: false, changesInMs: 100 });
    clock.advance(100);
    expect(faults.portState()).toEqual({ closed: true, changesInMs: 200 });
    clock.advance(200);
    expect(faults.portState()).toEqual({ closed: false, changesInMs: null });
  });
});

describe('changes of the device', () => {
  test('without a condition they happen at once, and once', () => {
    const { faults, effects } = newSet();
    faults.set([{ what: { kind: 'password-changed', password: 'Alta-1' } }]);
    expect(effects.changePassword).toHaveBeenCalledExactlyOnceWith('Alta-1');
    play(faults, 3);
    faults.settle();
    expect(effects.changePassword).toHaveBeenCalledOnce();
  });

  test('on a call they happen with it, are named in it, and once unless told otherwise', () => {
    const { faults, effects } = newSet();
    faults.set([
      {
        id: 'edit',
        when: { nth: 2 },
        what: { kind: 'edited-at-terminal', employeeNo: '1000', remove: true },
      },
      { id: 'boot', when: { every: 2 }, what: { kind: 'reboot', awayMs: 500 } },
    ]);
    expect(play(faults, 4)).toEqual([[], ['edit', 'boot'], [], ['boot']]);
    expect(effects.editAtTerminal).toHaveBeenCalledExactlyOnceWith({ employeeNo: '1000', remove: true });
    expect(effects.reboot).toHaveBeenCalledTimes(2);
  });

  test('by time they happen when somebody looks, and say when they fell due', () => {
    const { faults, effects, clock } = newSet();
    const setAtMs = clock.now();
    faults.set([{ when: { fromMs: 1000 }, what: { kind: 'reboot', awayMs: 500 } }]);
    expect(faults.portState().changesInMs).toBe(1000);
    clock.advance(999);
    faults.settle();
    expect(effects.reboot).not.toHaveBeenCalled();
    clock.advance(5000);
    expect(faults.decide(personRecord)).toEqual([]);
    expect(effects.reboot).toHaveBeenCalledExactlyOnceWith({ awayMs: 500, atMs: setAtMs + 1000 });
  });

  test('a wrong clock is right again after its window, its removal, or a new list', () => {
    const { faults, effects, clock } = newSet();
    faults.set([{ id: 'c', when: { untilMs: 100 }, what: { kind: 'clock-wrong', offsetMs: -5000 } }]);
    expect(effects.setClockOffset.mock.calls).toEqual([[-5000]]);
    clock.advance(100);
    faults.settle();
    expect(effects.setClockOffset.mock.calls).toEqual([[-5000], [0]]);
    faults.set([{ id: 'c', what: { kind: 'clock-wrong', offsetMs: 7 } }]);
    faults.remove('c');
    expect(effects.setClockOffset.mock.calls.slice(2)).toEqual([[7], [0]]);
    faults.set([{ id: 'c', what: { kind: 'clock-wrong', offsetMs: 8 } }]);
    faults.set([]);
    expect(effects.setClockOffset.mock.calls.slice(4)).toEqual([[8], [0]]);
  });

  test('an effect may set other faults', () => {
    const { faults, effects } = newSet();
    effects.reboot.mockImplementation(() => {
      faults.clear();
    });
    faults.set([
      { id: 'boot', when: { nth: 1 }, what: { kind: 'reboot' } },
      { id: 'b', what: { kind: 'busy' } },
    ]);
    expect(faults.decide(personRecord).map(({ id }) => id)).toContain('boot');
    expect(faults.decide(personRecord)).toEqual([]);
  });
});
