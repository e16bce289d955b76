import type { Socket } from 'node:net';
import type { Bench } from './bench.ts';
import { median } from './median.ts';
import { startChild } from './simulator-child.ts';
import { connectTo, runLoad, type LoadResult } from './simulator-write-load.ts';
import { readLogin, writeRequest, type Login } from './simulator-write-request.ts';

const PERSONS = 1000;
/** Enough that the server always has work, while each of them has one request under way. */
const CONNECTIONS = 8;
const WRITES_PER_ROUND = 4000;
const ROUNDS = 15;
/** Rounds before those that count: the compiler has seen everything by then. */
const WARM_UP_ROUNDS = 3;

/**
 * Person writes, each verified by digest, on one terminal, and the very same bytes to a server that answers a
 * constant. Rounds take turns, so that what else the machine does falls on both; the median of the rounds' ratios counts.
 */
export const simulatorWrites: Bench = {
  name: 'simulator.writesVsBareHttp',
  measure: async () => {
    const children = await Promise.all([startChild('terminal'), startChild('bare')]);
    const [terminal, bare] = children;
    try {
      const login = await challengeOf(terminal.ready.port);
      const sockets = [
        await connectTo(terminal.ready.port, CONNECTIONS),
        await connectTo(bare.ready.port, CONNECTIONS),
      ] as const;
      const rounds = await takeTurns(sockets, login, terminal.ready.port);
      for (const socket of sockets.flat()) socket.destroy();
      const perSecond = (pick: (round: Round) => LoadResult) =>
        Math.round(median(rounds.map((round) => pick(round).perSecond)));
      return [
        {
          name: 'simulator.writesVsBareHttp',
          value: median(rounds.map(({ terminal, bare }) => terminal.perSecond / bare.perSecond)),
          unit: 'ratio',
          comparedWith:
            `the same bytes to node:http with a constant answer; ${perSecond(({ terminal }) => terminal)} ` +
            `and ${perSecond(({ bare }) => bare)} per second, ${WRITES_PER_ROUND} writes × ${ROUNDS} rounds, ` +
            `${CONNECTIONS} connections`,
          goal: { kind: 'at-least', value: 0.5 },
        },
      ];
    } finally {
      await Promise.all(children.map((child) => child.stop()));
    }
  },
};

interface Round {
  terminal: LoadResult;
  bare: LoadResult;
}

async function takeTurns(
  [terminal, bare]: readonly [Socket[], Socket[]],
  login: Login,
  port: number,
): Promise<Round[]> {
  const rounds: Round[] = [];
  let count = 0;
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
    const requests = Array.from({ length: WRITES_PER_ROUND }, () =>
      writeRequest(login, port, count++, PERSONS),
    );
    const bareFirst = round % 2 === 0 ? await runLoad(bare, requests) : null;
    const terminalResult = await runLoad(terminal, requests);
    const bareResult = bareFirst ?? (await runLoad(bare, requests));
    if (round >= WARM_UP_ROUNDS) rounds.push({ terminal: terminalResult, bare: bareResult });
  }
  return rounds;
}

async function challengeOf(port: number): Promise<Login> {
  const answer = await fetch(`http://127.0.0.1:${port}/ISAPI/Security/userCheck`);
  await answer.arrayBuffer();
  return readLogin(answer.headers.get('www-authenticate') ?? '');
}
