import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { deviceSpec, faultEntry, personSeed } from '../control/schemas.ts';
import type { DeviceSpec, PersonSeed } from '../fleet-types.ts';
import { expandFaults } from '../faults/expand-faults.ts';
import { FaultError } from '../faults/fault-error.ts';
import type { Fault } from '../faults/fault.ts';
import { MAX_DEVICES } from '../fleet/device-spec.ts';
import { ProfileError } from '../profiles/profile-error.ts';
import { checkTraits, readProfile } from '../profiles/read-profile.ts';
import type { Traits } from '../profiles/traits.ts';
import { givenAt } from '../shown-value.ts';
import { similarWord } from '../similar-word.ts';
import { UsageError } from './usage-error.ts';

/** Thousands of devices with their persons written out still fit. */
const MAX_FILE_BYTES = 32 * 1024 * 1024;
const MAX_ALIASES = 1000;

const invented = z.strictObject({
  count: z.int().min(1).max(100_000),
  from: z.int().min(0).max(1_000_000_000).default(1000),
  face: z.boolean().optional(),
});

const device = deviceSpec.extend({
  count: z.int().min(1).max(MAX_DEVICES).optional(),
  persons: z.union([z.array(personSeed).max(100_000), invented]).optional(),
});

const schema = z.strictObject({
  devices: z.union([z.int().min(1).max(MAX_DEVICES), z.array(device).min(1).max(MAX_DEVICES)]).optional(),
  port: z.int().min(0).max(65_535).optional(),
  controlPort: z.int().min(0).max(65_535).optional(),
  host: z.string().min(1).optional(),
  controlHost: z.string().min(1).optional(),
  username: z.string().min(1).optional(),
  password: z.string().min(1).optional(),
  profile: z.string().min(1).optional(),
  traits: z.record(z.string(), z.unknown()).optional(),
  persons: z.union([z.array(personSeed).max(100_000), invented]).optional(),
  faults: z.array(faultEntry).optional(),
  seed: z.int().min(0).optional(),
  downloadHosts: z.array(z.string().min(1)).optional(),
});

type Persons = z.infer<typeof device>['persons'];

/** A fleet as its file describes it, with `count` and invented persons spelled out. */
export interface FleetFile {
  devices: number | DeviceSpec[] | undefined;
  port: number | undefined;
  controlPort: number | undefined;
  host: string | undefined;
  controlHost: string | undefined;
  username: string | undefined;
  password: string | undefined;
  profile: string | undefined;
  traits: Partial<Traits> | undefined;
  persons: PersonSeed[] | undefined;
  faults: (Fault | string)[] | undefined;
  seed: number | undefined;
  downloadHosts: string[] | undefined;
}

/** @throws UsageError naming the file, the place in it, and what would be right */
export function readFleetFile(file: string): FleetFile {
  let text: string;
  try {
    if (statSync(file).size > MAX_FILE_BYTES)
      throw new UsageError(`--fleet ${file} is larger than ${MAX_FILE_BYTES} bytes; is it a fleet file?`);
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--fleet ${file} cannot be read: ${why}`, { cause: error });
  }
  return parseFleetFile(text, file);
}

/** @throws UsageError as `readFleetFile` */
export function parseFleetFile(text: string, file: string): FleetFile {
  const found = check(readYaml(text, file), file);
  const profileOf = (name: string | undefined) =>
    name !== undefined && isPath(name) ? path.resolve(path.dirname(file), name) : name;
  const { devices } = found;
  checkParts(found, `${file}: `);
  if (Array.isArray(devices))
    for (const [index, part] of devices.entries()) checkParts(part, `${file}: devices[${index}].`);
  return {
    devices: Array.isArray(devices)
      ? devices.flatMap(({ count, persons, ...spec }): DeviceSpec[] => {
          const one = { ...spec, profile: profileOf(spec.profile), persons: spellOut(persons) } as DeviceSpec;
          if (count === undefined) return [one];
          return Array.from({ length: count }, (_, index) =>
            spec.id === undefined ? one : { ...one, id: `${spec.id}-${index + 1}` },
          );
        })
      : devices,
    port: found.port,
    controlPort: found.controlPort,
    host: found.host,
    controlHost: found.controlHost,
    username: found.username,
    password: found.password,
    profile: profileOf(found.profile),
    // Checked one by one where the devices are made.
    traits: found.traits,
    persons: spellOut(found.persons),
    faults: found.faults as (Fault | string)[] | undefined,
    seed: found.seed,
    downloadHosts: found.downloadHosts,
  };
}

/** Profile, traits and faults have checks of their own; here they are told the place in the file. */
function checkParts(
  part: { profile?: string | undefined; traits?: object | undefined; faults?: unknown },
  place: string,
): void {
  try {
    if (part.traits) checkTraits({ ...part.traits }, `${place}traits`);
    if (part.faults !== undefined) expandFaults(part.faults);
  } catch (error) {
    if (error instanceof FaultError) throw new UsageError(`${place}${error.message}`, { cause: error });
    throw error instanceof ProfileError ? new UsageError(error.message, { cause: error }) : error;
  }
  try {
    // A profile's own file says for itself what is wrong with it.
    if (part.profile !== undefined && !isPath(part.profile)) readProfile(part.profile);
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    throw new UsageError(`${place}profile: ${error.message}`, { cause: error });
  }
}

function isPath(profile: string): boolean {
  return /[./\\]/.test(profile);
}

function readYaml(text: string, file: string): unknown {
  try {
    return parse(text, { maxAliasCount: MAX_ALIASES });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${file} is not YAML: ${why}`, { cause: error });
  }
}

function check(value: unknown, file: string): z.infer<typeof schema> {
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  const issue = deepest(result.error.issues);
  const place = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  const where = place === '' ? file : `${file}: ${place.replace(/^\./, '')}`;
  if (issue.code === 'unrecognized_keys') {
    const unknown = issue.keys[0] ?? '';
    const inDevice = issue.path[0] === 'devices';
    const known = Object.keys(inDevice ? device.shape : schema.shape);
    const meant = similarWord(unknown, known);
    throw new UsageError(
      `${where}: there is no key "${unknown}"${meant ? `; did you mean "${meant}"?` : '.'} Keys here: ${known.join(', ')}.`,
    );
  }
  const given = givenAt(value, issue.path);
  throw new UsageError(
    `${where}: ${issue.message}${given === null ? '' : ` (given: ${given})`}. docs/simulate.md shows a fleet file.`,
  );
}

/** Of a union that fits nowhere: what is wrong in the alternative that came furthest. */
function deepest(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue {
  const [issue] = issues;
  if (!issue) throw new Error('A failed check has an issue.');
  if (issue.code !== 'invalid_union') return issue;
  const branches = issue.errors.filter((branch) => branch.length > 0);
  const candidates = branches.map((branch) => deepest(branch));
  const best = candidates.reduce<z.core.$ZodIssue | null>(
    (left, right) => (left === null || right.path.length > left.path.length ? right : left),
    null,
  );
  return best && best.path.length > 0 ? { ...best, path: [...issue.path, ...best.path] } : issue;
}

function spellOut(persons: Persons): PersonSeed[] | undefined {
  if (persons === undefined || Array.isArray(persons)) return persons;
  const { count, from, face } = persons;
  return Array.from({ length: count }, (_, index) => ({
    employeeNo: String(from + index),
    name: `Person ${from + index}`,
    ...(face === undefined ? {} : { face }),
  }));
}
