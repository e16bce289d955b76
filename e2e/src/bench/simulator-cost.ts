import { startFleet, type SimulatedDevice } from '@pontaj/simulator';
import type { Bench } from './bench.ts';
import { costCalls, type CostCall } from './simulator-cost-calls.ts';
import { authorization, readLogin, terminalOptions, type Login } from './simulator-write-request.ts';

const FEW = 100;
const MANY = 50_000;
const CALLS_PER_ROUND = 100;
const ROUNDS = 200;

interface Terminal {
  device: SimulatedDevice;
  persons: number;
  login: Login;
  count: number;
}

/**
 * What a call costs a terminal that is full over what it costs one that is nearly empty, in process, digest included.
 * Of all calls the worst counts.
 */
export const simulatorCost: Bench = {
  name: 'simulator.costAt50000',
  measure: async () => {
    const fleet = await startFleet({
      ...terminalOptions({ maxFaces: MANY }),
      listen: false,
      devices: [FEW, MANY].map((persons) => ({ persons: seeds(persons) })),
    });
    try {
      const [few, many] = await Promise.all(
        fleet.devices.map(async (device, index) => terminalOf(device, index === 0 ? FEW : MANY)),
      );
      if (!few || !many) throw new Error('The fleet has no two terminals to compare.');
      const ratios: { name: string; ratio: number }[] = [];
      for (const call of costCalls) ratios.push({ name: call.name, ratio: await compare(call, few, many) });
      const sorted = ratios.sort((a, b) => b.ratio - a.ratio);
      const shown = sorted.map(({ name, ratio }) => `${name} ${ratio.toFixed(2)}`).join(', ');
      return [
        {
          name: 'simulator.costAt50000',
          value: sorted[0]?.ratio ?? NaN,
          unit: 'ratio',
          comparedWith: `cost of the same call with ${FEW} persons; ${shown}`,
          goal: { kind: 'at-most', value: 1.2 },
        },
      ];
    } finally {
      await fleet.stop();
    }
  },
};

function seeds(persons: number) {
  return Array.from({ length: persons }, (_, index) => ({
    employeeNo: String(1000 + index),
    name: `Popescu Ion ${index}`,
    face: true,
  }));
}

async function terminalOf(device: SimulatedDevice, persons: number): Promise<Terminal> {
  const answer = await device.handle({ method: 'GET', target: '/ISAPI/Security/userCheck' });
  const challenge = answer.kind === 'answer' ? answer.headers['www-authenticate'] : undefined;
  return { device, persons, login: readLogin(String(challenge)), count: 0 };
}

/** The quickest round of each: what else the machine does only adds. Which of them begins alternates. */
async function compare(call: CostCall, few: Terminal, many: Terminal): Promise<number> {
  let [fewMs, manyMs] = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS; round += 1) {
    if (round % 2 === 0) fewMs = Math.min(fewMs, await timeRound(call, few));
    manyMs = Math.min(manyMs, await timeRound(call, many));
    if (round % 2 === 1) fewMs = Math.min(fewMs, await timeRound(call, few));
  }
  return manyMs / fewMs;
}

async function timeRound(call: CostCall, terminal: Terminal): Promise<number> {
  const requests = Array.from({ length: CALLS_PER_ROUND }, () => {
    terminal.count += 1;
    const { method, target, body } = call.request(terminal.count, terminal.persons);
    const headers = {
      'content-type': 'application/json',
      authorization: authorization(terminal.login, { method, target, count: terminal.count }),
    };
    return { method, target, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  });
  const startedMs = performance.now();
  for (const request of requests) {
    const answer = await terminal.device.handle(request);
    if (answer.kind !== 'answer' || answer.status !== 200)
      throw new Error(
        `${call.name} was answered ${answer.kind === 'answer' ? answer.body.toString() : answer.how}`,
      );
  }
  return performance.now() - startedMs;
}
