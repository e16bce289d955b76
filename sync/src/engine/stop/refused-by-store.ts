import type { StoreRejectedError } from '../../store/store-errors.ts';
import type { LegProgress, Outcome } from '../../store/store.ts';
import type { DeviceStop } from './device-stop.ts';

const CODE = 'database_rejected';

/**
 * What is to be written about one device is refused by the database, and would be the next time: the device is left,
 * so that its runs end and say so, instead of being taken up again for ever.
 */
export const stopForRefusal = (error: StoreRejectedError): DeviceStop => ({
  kind: 'device',
  about: 'answer',
  code: CODE,
  message: `What this terminal answered, or what came of it, could not be stored, and nothing more is sent to it in this run. ${error.message} If all migrations are applied, report this sentence.`,
  raw: null,
  unlockTimeS: null,
  sent: true,
});

/**
 * A result that the database does not take, told as far as it does. The tracking row stays "unknown", as it was marked
 * before the first change: the next run looks at the device before it sends anything.
 */
export const resultRefused = ({ runId, line }: Outcome, error: StoreRejectedError): Outcome => ({
  runId,
  line: {
    ...line,
    status: 'eroare',
    reasons: [],
    error: {
      code: CODE,
      message: `The result could not be stored; the next run looks again. ${error.message}`,
    },
  },
  tracking: null,
});

/** Where a leg stands matters more than the words. */
export const reasonRefused = (progress: LegProgress): LegProgress => ({
  ...progress,
  reason: progress.reason === null ? null : 'The reason could not be stored; it is in the log.',
});
