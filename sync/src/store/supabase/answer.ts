import {
  LeaseLostError,
  SerialTakenError,
  StoreRejectedError,
  StoreUnreachableError,
} from '../store-errors.ts';

/** How supabase-js answers: it returns errors, also when nothing came back (status 0). */
export interface DatabaseAnswer<Data> {
  data: Data | null;
  count?: number | null;
  error: { message: string; code?: string; details?: string | null; hint?: string | null } | null;
  status: number;
}

/**
 * SQLSTATE classes that pass by themselves: connection, conflicting transactions, out of resources, shutting down or
 * cancelled.
 */
const PASSING = /^(08|40|53|57)/;
/** The embedded database answers 500 with this code to any refusal it cannot name. */
const EMBEDDED_REFUSAL = 'SUP';
const MAX_MESSAGE_CHARS = 300;

function passesByItself(status: number, code: string): boolean {
  if (code === EMBEDDED_REFUSAL) return false;
  return status === 0 || status >= 500 || status === 408 || status === 429 || PASSING.test(code);
}

/** What an operator should look at, by what the database said. */
function remedy(status: number, code: string): string {
  if (status === 401 || status === 403 || code === '42501')
    return ' Check SUPABASE_SECRET_KEY: it must be the secret (service_role) key of this project.';
  if (status === 404 || code.startsWith('PGRST2') || code === '42703' || code === '42P01' || code === '42883')
    return ' Check SUPABASE_URL and that all migrations of supabase/migrations were applied.';
  return '';
}

/**
 * The error that says what the caller must do. Of the database's own words only code and message are kept: details
 * may quote a row.
 */
export function storeError(
  answer: DatabaseAnswer<unknown>,
  doing: string,
  deviceId: string | null,
): StoreUnreachableError | StoreRejectedError | LeaseLostError | SerialTakenError {
  const { error, status } = answer;
  const code = error?.code ?? '';
  if (code === 'PT409' && error?.details === 'lease_lost' && deviceId !== null)
    return new LeaseLostError(deviceId);
  if (code === 'PT409' && error?.details === 'serial_taken' && deviceId !== null)
    return new SerialTakenError(deviceId);
  const said = (error?.message ?? 'no message').slice(0, MAX_MESSAGE_CHARS);
  const where = `${doing}: HTTP ${status}${code === '' ? '' : `, ${code}`}, ${said}`;
  return passesByItself(status, code)
    ? new StoreUnreachableError(`The database does not answer (${where}).`)
    : new StoreRejectedError(`The database refused (${where}).${remedy(status, code)}`);
}

/**
 * The data of an answer.
 * @param doing for the error: `reading devices`.
 * @param deviceId whose lease the question was asked under, where there was one.
 */
export function dataOf<Data>(
  answer: DatabaseAnswer<Data>,
  doing: string,
  deviceId: string | null = null,
): Data {
  if (answer.error !== null) throw storeError(answer, doing, deviceId);
  // SQL functions that return nothing answer null: the type says so too.
  return answer.data as Data;
}

/** The same where no row is a good answer. */
export function dataOrNull<Data>(answer: DatabaseAnswer<Data>, doing: string): Data | null {
  if (answer.error !== null) throw storeError(answer, doing, null);
  return answer.data;
}

/** How many rows there are, where only that was asked. */
export function countOf(answer: DatabaseAnswer<unknown>, doing: string): number {
  if (answer.error !== null) throw storeError(answer, doing, null);
  if (answer.count == null)
    throw new StoreUnreachableError(`The database does not answer (${doing}: the answer has no count).`);
  return answer.count;
}
