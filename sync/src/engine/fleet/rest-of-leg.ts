import type { LegState } from '../../model/run.ts';
import type { Closings } from '../leaver/closings.ts';
import type { DeviceStop } from '../stop/device-stop.ts';
import type { LegWork } from '../leg/leg-work.ts';
import { isWhole } from '../leg/open-leg.ts';
import { notAttemptedLine } from '../leg/planned-line.ts';
import type { Session } from '../device/session.ts';

/** Why the rest of a leg is not worked on. */
export interface LegEnd {
  state: Extract<LegState, 'stopped' | 'cancelled'>;
  code: string;
  message: string;
  /** Pairs in step count as such; false when another terminal answered, for then the rows are about a stranger. */
  trustRows: boolean;
}

export const endForStop = (stop: DeviceStop): LegEnd => ({
  state: 'stopped',
  code: stop.code,
  message: stop.message,
  trustRows: stop.about !== 'identity',
});

export const endForHalt = (halt: 'cancelled' | 'stopped'): LegEnd =>
  halt === 'cancelled'
    ? { state: 'cancelled', code: 'cancelled', message: 'The run was cancelled.', trustRows: true }
    : {
        state: 'stopped',
        code: 'run_stopped',
        message: 'Another device of this run failed, and FATAL_SCOPE=run stops the whole run then.',
        trustRows: true,
      };

/**
 * Ends a leg whose pairs are not worked on any more: those that are in step anyway count as such, the others are
 * reported as not attempted, and so is closing the access of leavers. No calls; as many pages of the database as the leg
 * has pairs left.
 */
export async function endUnfinished(
  session: Session,
  work: LegWork,
  closings: Closings,
  end: LegEnd,
): Promise<void> {
  await work.putDown();
  const trustRows = end.trustRows && !work.readsFirst;
  for (let items = await work.nextItems(); items !== null; items = await work.nextItems()) {
    const unchanged: number[] = [];
    const outcomes = items.flatMap((item) => {
      if (trustRows && item.kind === 'unchanged') {
        unchanged.push(item.employeeNo);
        return [];
      }
      if (item.kind === 'unusable') return [{ line: item.line, tracking: null }];
      const employeeId = item.kind === 'unchanged' ? null : item.wish.employeeId;
      const line = notAttemptedLine(session.deviceId, item.employeeNo, employeeId, null);
      return [{ line, tracking: null }];
    });
    work.log.write(outcomes, unchanged, items.at(-1)?.employeeNo ?? null);
    await session.writer.drain();
  }
  if (isWhole(work.leg)) await closings.report(work.log);
  await work.log.end(end.state, { code: end.code, message: end.message });
}
