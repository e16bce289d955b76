import { z } from 'zod';
import type { Fleet } from '../fleet-types.ts';
import { givenAt } from '../shown-value.ts';
import { similarWord } from '../similar-word.ts';
import { Problem } from './problem.ts';

/** What an operation is called with. Path, query and body have been checked. */
interface Call<Query, Body> {
  fleet: Fleet;
  params: Readonly<Record<string, string>>;
  query: Query;
  body: Body;
  /** Aborts when the client has left. */
  signal: AbortSignal;
}

interface Reply {
  status: number;
  /** Absent: no body. */
  body?: unknown;
}

/** One call of the control API, as the router and the OpenAPI document both know it. */
export interface Operation<Query = unknown, Body = unknown> {
  id: string;
  method: 'get' | 'put' | 'post' | 'delete';
  /** `{id}` is one segment, `{fault+}` is the rest of the path. */
  path: string;
  summary: string;
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body>;
  /** Largest body, default 1 MiB. */
  maxBodyBytes?: number;
  /** Body and meaning of the good answer. */
  answer: { status: number; description: string; schema?: z.ZodType };
  run(call: Call<Query, Body>): Reply | Promise<Reply>;
}

/** Keeps the types of query and body while an operation is written down, and forgets them in lists. */
export function defineOperation<Query, Body>(operation: Operation<Query, Body>): Operation {
  return operation;
}

/** @throws Problem `bad_input` with the place, what is wrong there and the value */
export function checked<Value>(schema: z.ZodType<Value>, value: unknown, where: 'query' | 'body'): Value {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const lines = result.error.issues.slice(0, 5).map((issue) => {
    const place = [where, ...issue.path.map(String)].join('.');
    if (issue.code === 'unrecognized_keys') return unknownKey(place, issue.keys[0] ?? '', schema);
    const given = givenAt(value, issue.path);
    return `${place}: ${issue.message}${given === null ? '' : ` (given: ${given})`}`;
  });
  throw new Problem('bad_input', `${lines.join('; ')}. /openapi.json describes what is accepted.`);
}

/** Keys are known at the top of a document alone; deeper ones are looked up in its description. */
function unknownKey(place: string, key: string, schema: z.ZodType): string {
  const known = schema instanceof z.ZodObject && !place.includes('.') ? Object.keys(schema.shape) : [];
  const meant = similarWord(key, known);
  return `${place}: there is no key "${key}"${meant ? `; did you mean "${meant}"?` : '.'}${known.length > 0 ? ` Keys here: ${known.join(', ')}` : ''}`;
}
