import type { z } from 'zod';

/**
 * One environment variable: how its text is read, and what people are told about it. The table in
 * `docs/generated/settings.md` and every complaint about a value are made from these.
 */
export interface Setting<Value> {
  schema: z.ZodType<Value, string>;
  /** What is accepted, as it stands in a sentence: `a whole number of milliseconds from 0 to 60000`. */
  expects: string;
  help: string;
  /** As it would be written in the environment; null: not set is meaningful; undefined: must be set. */
  fallback: string | null | undefined;
  /** Never shown, not even when it is wrong. */
  secret: boolean;
  /** Older or other names of the same setting. */
  aliases: readonly string[];
}

interface About {
  expects: string;
  help: string;
  secret?: boolean;
  aliases?: readonly string[];
}

const complete = (about: About) => ({
  expects: about.expects,
  help: about.help,
  secret: about.secret ?? false,
  aliases: about.aliases ?? [],
});

export type Required<Value> = Setting<Value> & { fallback: string | undefined };
export type Optional<Value> = Setting<Value> & { fallback: null };

/** A setting without which nothing works. */
export const required = <Value>(schema: z.ZodType<Value, string>, about: About): Required<Value> => ({
  schema,
  fallback: undefined,
  ...complete(about),
});

export const withDefault = <Value>(
  fallback: string,
  schema: z.ZodType<Value, string>,
  about: About,
): Required<Value> => ({ schema, fallback, ...complete(about) });

export const optional = <Value>(schema: z.ZodType<Value, string>, about: About): Optional<Value> => ({
  schema,
  fallback: null,
  ...complete(about),
});
