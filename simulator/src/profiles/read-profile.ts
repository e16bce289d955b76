import { readFileSync, statSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { similarWord } from '../similar-word.ts';
import { builtInProfiles } from './built-in.ts';
import { assumed, deriveProfile, type Profile, type TraitFact } from './profile.ts';
import { ProfileError } from './profile-error.ts';
import { traitSchemas } from './traits-schema.ts';
import type { Traits } from './traits.ts';

/** A profile says some hundred small things; a bigger file is something else. */
const MAX_FILE_BYTES = 256 * 1024;

const fileSchema = z.strictObject({
  name: z.string().min(1).max(64).optional(),
  title: z.string().min(1).max(200).optional(),
  extends: z.string().optional(),
  traits: z.record(z.string(), z.unknown()).default({}),
});

const factSchema = z.strictObject({
  value: z.unknown(),
  evidence: z.enum(['observed', 'assumed']).default('assumed'),
  source: z.string().max(300).default('profile file'),
});

/**
 * A built-in profile by its name, or one from a YAML or JSON file by its path.
 * Throws a `ProfileError` that says what is wrong, where, and what would be right.
 */
export function readProfile(nameOrPath: string): Profile {
  const builtIn = builtInProfiles.get(nameOrPath.toLowerCase());
  if (builtIn) return builtIn;
  if (!/[./\\]/.test(nameOrPath)) throw unknownProfile(nameOrPath);
  return parseProfile(readText(nameOrPath), nameOrPath);
}

function unknownProfile(name: string): ProfileError {
  const known = [...builtInProfiles.keys()];
  const meant = similarWord(name, known);
  return new ProfileError(
    `There is no profile "${name}"${meant ? `; did you mean "${meant}"?` : '.'} Known: ${known.join(', ')}; or give the path of a YAML or JSON file.`,
  );
}

/** A profile from the text of a YAML or JSON file; `where` names it in errors and is its name when it has none. */
export function parseProfile(text: string, where: string): Profile {
  const file = checked(fileSchema, parseText(text, where), where);
  const baseName = file.extends ?? 'generic';
  const base = builtInProfiles.get(baseName);
  if (!base)
    throw new ProfileError(
      `${where}: extends "${baseName}", which is no built-in profile. Known: ${[...builtInProfiles.keys()].join(', ')}.`,
    );
  const traits: Record<string, TraitFact<unknown>> = {};
  for (const [trait, given] of Object.entries(file.traits)) {
    const place = `${where}: trait "${trait}"`;
    const isFact = isRecord(given) && 'value' in given;
    const fact = isFact ? checked(factSchema, given, place) : assumed(given, 'profile file');
    traits[trait] = { ...fact, value: checkTrait(trait, fact.value, place) };
  }
  return deriveProfile(base, {
    name: file.name ?? where,
    title: file.title ?? file.name ?? where,
    traits,
  });
}

/** Checks overrides of single traits, as a fleet file or the control API gives them. Throws a `ProfileError`. */
export function checkTraits(given: Readonly<Record<string, unknown>>, where: string): Partial<Traits> {
  const traits = Object.entries(given).map(([trait, value]) => [
    trait,
    checkTrait(trait, value, `${where}: trait "${trait}"`),
  ]);
  return Object.fromEntries(traits) as Partial<Traits>;
}

function checkTrait(trait: string, value: unknown, place: string): unknown {
  if (!Object.hasOwn(traitSchemas, trait)) {
    const meant = similarWord(trait, Object.keys(traitSchemas));
    throw new ProfileError(
      `${place} does not exist${meant ? `; did you mean "${meant}"?` : '.'} The table of profiles in docs/simulate.md lists every trait.`,
    );
  }
  return checked<unknown>(traitSchemas[trait as keyof Traits], value, place);
}

function checked<Output>(schema: z.ZodType<Output>, value: unknown, place: string): Output {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join('.')}: ${message}` : message,
  );
  throw new ProfileError(`${place} is ${shown(value)}: ${issues.join('; ')}.`);
}

function parseText(text: string, where: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw new ProfileError(
      `${where} is neither YAML nor JSON: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

function readText(path: string): string {
  try {
    const { size } = statSync(path);
    if (size > MAX_FILE_BYTES)
      throw new ProfileError(
        `Profile file ${path} has ${size} bytes; a profile has at most ${MAX_FILE_BYTES}.`,
      );
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof ProfileError) throw cause;
    throw new ProfileError(
      `Profile file ${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}. Give a path from the folder you are in, or a name: ${[...builtInProfiles.keys()].join(', ')}.`,
      { cause },
    );
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 100);
}
