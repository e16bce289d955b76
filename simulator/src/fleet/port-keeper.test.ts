import { describe, expect, it } from 'vitest';
import { virtualClock } from '../../conformance/virtual-clock.ts';
import { PortKeeper, type WishedPort } from './port-keeper.ts';

function keep(wished: () => WishedPort, options: { failing?: number } = {}) {
  const clock = virtualClock(0);
  let failing = options.failing ?? 0;
  const port = { open: false, openings: 0 };
  const defects: unknown[] = [];
  const keeper = new PortKeeper({
    port: {
      open: () => {
        port.openings += 1;
        if (failing > 0) {
          failing -= 1;
          return Promise.reject(new Error('taken'));
        }
        port.open = true;
        return Promise.resolve();
      },
      close: () => {
        port.open = false;
        return Promise.resolve();
      },
    },
    wished,
    clock,
    onDefect: (error) => defects.push(error),
  });
  return { keeper, clock, port, defects };
}

describe('PortKeeper', () => {
  it('opens and closes as wished', async () => {
    let open = true;
    const { keeper, port } = keep(() => ({ open, changesInMs: null }));
    keeper.poke();
    await keeper.settled();
    expect(port.open).toBe(true);
    open = false;
    keeper.poke();
    await keeper.settled();
    expect(port.open).toBe(false);
  });

  it('looks again when something falls due', async () => {
    const { keeper, clock, port } = keep(() => ({
      open: clock.now() >= 5000,
      changesInMs: clock.now() >= 5000 ? null : 5000 - clock.now(),
    }));
    keeper.poke();
    await clock.advance(4999);
    expect(port.open).toBe(false);
    await clock.advance(1);
    expect(port.open).toBe(true);
    expect(clock.sleepers).toBe(0);
  });

  it('tries again when the port was taken meanwhile', async () => {
    const { keeper, clock, port, defects } = keep(() => ({ open: true, changesInMs: null }), { failing: 2 });
    keeper.poke();
    await clock.advance(1000);
    expect(port).toEqual({ open: true, openings: 3 });
    expect(defects).toHaveLength(2);
  });

  it('waits once, however often it is poked', async () => {
    const { keeper, clock } = keep(() => ({ open: true, changesInMs: 1000 }));
    for (let count = 0; count < 10; count += 1) keeper.poke();
    await keeper.settled();
    expect(clock.sleepers).toBe(1);
  });

  it('closes for good', async () => {
    const { keeper, clock, port } = keep(() => ({ open: true, changesInMs: 1000 }));
    keeper.poke();
    await keeper.settled();
    await keeper.stop();
    await clock.advance(10_000);
    expect(port.open).toBe(false);
  });
});
