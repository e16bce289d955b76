import { z } from 'zod';
import { givenAt, shownValue as shown } from '../shown-value.ts';
import { similarWord } from '../similar-word.ts';
import type { Fault, FaultWhat, FaultWhen } from './fault.ts';
import { FaultError } from './fault-error.ts';
import type { KindName } from './fault-kind.ts';
import { atLeastOne, milliseconds, shortText } from './fields.ts';
import { faultKinds, kindNames } from './kinds/index.ts';

/** Names a fault may list at most. */
const MAX_NAMES = 1000;

const names = z.union([shortText, z.array(shortText).min(1).max(MAX_NAMES)]);

const whenSchema: z.ZodType<FaultWhen> = z
  .strictObject({
    endpoint: names.optional(),
    method: shortText.optional(),
    employeeNo: names.optional(),
    nth: atLeastOne.optional(),
    every: atLeastOne.optional(),
    probability: z.number().min(0).max(1).optional(),
    fromMs: milliseconds.optional(),
    untilMs: milliseconds.optional(),
    times: atLeastOne.optional(),
    stage: z.enum(['unsigned', 'signed', 'any']).optional(),
  })
  .refine((when) => (when.untilMs ?? Infinity) > (when.fromMs ?? 0), {
    message: 'untilMs must be greater than fromMs, or the fault never takes part',
  });

const idSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/, 'an id is 1 to 100 letters, digits, ".", "_", "/" or "-"');

const WHEN_KEYS = [
  'endpoint',
  'method',
  'employeeNo',
  'nth',
  'every',
  'probability',
  'fromMs',
  'untilMs',
  'times',
  'stage',
];

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function check<T>(schema: z.ZodType<T>, value: unknown, place: string, hint: string, keys: string[]): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  if (!issue) throw new FaultError(place, hint);
  if (issue.code === 'unrecognized_keys') {
    const unknown = issue.keys[0] ?? '';
    const meant = similarWord(unknown, keys);
    throw new FaultError(
      `${place}.${unknown}`,
      `there is no such key${meant ? `; did you mean "${meant}"?` : '.'} ${hint}`,
    );
  }
  const given = givenAt(value, issue.path);
  const where = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  throw new FaultError(
    `${place}${where}`,
    `${issue.message}${given === null ? '' : ` (given: ${given})`}. ${hint}`,
  );
}

/** Every field of a kind, optional ones too, as far as its schema tells them. */
function fieldsOf(schema: z.ZodType, example: object): string[] {
  return Object.keys(schema instanceof z.ZodObject ? schema.shape : example);
}

function parseWhat(value: unknown, place: string): FaultWhat {
  if (!isRecord(value))
    throw new FaultError(
      place,
      `says what happens, as an object with "kind" (given: ${shown(value)}). For example {"kind":"delay","ms":2000}. Kinds: ${kindNames.join(', ')}.`,
    );
  const name = value.kind;
  if (typeof name !== 'string' || !Object.hasOwn(faultKinds, name)) {
    const meant = typeof name === 'string' ? similarWord(name, kindNames) : null;
    throw new FaultError(
      `${place}.kind`,
      `${shown(name)} is no kind of fault${meant ? `; did you mean "${meant}"?` : '.'} Kinds: ${kindNames.join(', ')}.`,
    );
  }
  const kind = faultKinds[name as KindName];
  const hint = `A good one: ${JSON.stringify(kind.example)}.`;
  return check<FaultWhat>(kind.schema, value, place, hint, fieldsOf(kind.schema, kind.example));
}

/**
 * Reads one fault from JSON, YAML or code.
 * @param place where it stands, for the message: `faults[0]`
 * @throws FaultError naming the place, the value and a good example
 */
export function parseFault(value: unknown, place: string): Fault {
  if (!isRecord(value))
    throw new FaultError(
      place,
      `a fault is an object {"what": {"kind": …}, "when": {…}} or the name of a packaged set (given: ${shown(value)}).`,
    );
  const stray = Object.keys(value).find((key) => !['id', 'when', 'what'].includes(key));
  if (stray !== undefined) {
    const belongs = WHEN_KEYS.includes(stray) ? 'when' : 'what';
    throw new FaultError(
      `${place}.${stray}`,
      `a fault has only "id", "when" and "what"; put it inside "${belongs}": {"${belongs}": {"${stray}": ${shown(value[stray])}}}.`,
    );
  }
  const what = parseWhat(value.what, `${place}.what`);
  const fault: Fault = { what };
  if (value.id !== undefined) fault.id = check(idSchema, value.id, `${place}.id`, '', []);
  if (value.when !== undefined)
    fault.when = check(
      whenSchema,
      value.when,
      `${place}.when`,
      `Keys of "when": ${WHEN_KEYS.join(', ')}.`,
      WHEN_KEYS,
    );
  return fault;
}
