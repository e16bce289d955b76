import postgres from 'postgres';
import { startStack } from '../stack/start-stack.ts';
import type { Bench } from './bench.ts';
import { deviceLoads } from './device-load.ts';
import { expectCompleted } from './expect-completed.ts';
import { insertWorkforce, TERMINAL_VALIDITY, workforceOnTerminal } from './workforce.ts';

const EMPLOYEES = 1_000;
/** Persons that terminals give in one page. */
const PAGE = 30;
/** Who is there, what it can do, how many it holds. */
const QUESTIONS = 5;

/** First contact with a terminal that holds everybody already, faces trusted: its list is read, nothing is sent. */
export const engineAdopt: Bench = {
  name: 'engine.adopt',
  measure: async () => {
    const stack = await startStack({
      devices: [{ persons: workforceOnTerminal(EMPLOYEES) }],
      employees: 0,
      daemonEnv: { ADOPT_FACES: 'trust', ...TERMINAL_VALIDITY },
    });
    const sql = postgres(stack.supabase.databaseUrl, { max: 1, onnotice: () => undefined });
    try {
      await insertWorkforce(sql, EMPLOYEES);
      const { body } = await stack.sync('sync-all-to-all-devices');
      expectCompleted(body);
      const calls = (await deviceLoads(stack.devices)).reduce((sum, load) => sum + load.calls, 0);
      return [
        {
          name: 'engine.adopt.calls',
          value: calls,
          unit: 'calls',
          comparedWith: `${EMPLOYEES} employees with faces on the device: ${EMPLOYEES} / ${PAGE} + ${QUESTIONS}; sent one by one, ${2 * EMPLOYEES}`,
          goal: { kind: 'at-most', value: Math.floor(EMPLOYEES / PAGE) + QUESTIONS },
        },
      ];
    } finally {
      await sql.end();
      await stack.stop();
    }
  },
};
