import type { Traits } from '../profiles/traits.ts';
import { editDistance } from '../similar-word.ts';
import { methodNotAllowed, notFound } from './answers.ts';
import type { Endpoint, EndpointContext, IsapiAnswer, IsapiRequest, IsapiStream } from './endpoint.ts';

export type RouteMatch =
  | { kind: 'found'; endpoint: Endpoint; params: Readonly<Record<string, string>> }
  /** The path exists under other verbs only. */
  | { kind: 'wrong-method'; endpoint: Endpoint }
  | { kind: 'unknown' };

interface Pattern {
  segments: readonly string[];
  endpoints: Endpoint[];
}

const NO_PARAMS: Readonly<Record<string, string>> = Object.freeze({});

/** Longest part of an unknown path that is compared with the known ones. */
const MAX_COMPARED_LENGTH = 200;

/** Finds the endpoint of a request. Whether the case of a path counts depends on the model. */
export class Router {
  readonly endpoints: readonly Endpoint[];
  readonly #exact = new Map<string, Endpoint[]>();
  readonly #lowered = new Map<string, Endpoint[]>();
  readonly #patterns: Pattern[] = [];

  constructor(endpoints: readonly Endpoint[]) {
    this.endpoints = endpoints;
    const names = new Set<string>();
    const byPath = new Map<string, Endpoint[]>();
    for (const endpoint of endpoints) {
      if (names.has(endpoint.name))
        throw new Error(`Two endpoints are named "${endpoint.name}"; faults and journal need one each.`);
      names.add(endpoint.name);
      const same = byPath.get(endpoint.path) ?? [];
      const twin = same.find((other) => other.method === endpoint.method);
      if (twin)
        throw new Error(`${endpoint.method} ${endpoint.path} is both "${twin.name}" and "${endpoint.name}".`);
      same.push(endpoint);
      byPath.set(endpoint.path, same);
    }
    for (const [path, same] of byPath) {
      if (path.includes('{')) this.#patterns.push({ segments: path.split('/'), endpoints: same });
      else {
        this.#exact.set(path, same);
        this.#lowered.set(path.toLowerCase(), same);
      }
    }
  }

  /** The endpoint of a verb and a decoded path without query. */
  match(method: string, path: string, pathCase: Traits['pathCase'] = 'exact'): RouteMatch {
    const exact =
      this.#exact.get(path) ?? (pathCase === 'any' ? this.#lowered.get(path.toLowerCase()) : undefined);
    if (exact) return pick(exact, method, NO_PARAMS);
    let other: RouteMatch = { kind: 'unknown' };
    const segments = path.split('/');
    for (const pattern of this.#patterns) {
      const params = fit(pattern.segments, segments, pathCase);
      if (!params) continue;
      const match = pick(pattern.endpoints, method, params);
      if (match.kind === 'found') return match;
      other = match;
    }
    return other;
  }

  /** `GET /ISAPI/…` of the endpoint whose verb and path come nearest; for the journal, never for the wire. */
  nearest(method: string, path: string): string {
    const shown = (endpoint: Endpoint) => `${endpoint.method} ${endpoint.path}`;
    const wanted = path.slice(0, MAX_COMPARED_LENGTH).toLowerCase();
    let best: { text: string; distance: number } | undefined;
    for (const endpoint of this.endpoints) {
      const distance =
        editDistance(wanted, endpoint.path.toLowerCase()) + (endpoint.method === method ? 0 : 0.5);
      if (!best || distance < best.distance) best = { text: shown(endpoint), distance };
    }
    return best?.text ?? '';
  }
}

function pick(
  endpoints: readonly Endpoint[],
  method: string,
  params: Readonly<Record<string, string>>,
): RouteMatch {
  const endpoint = endpoints.find((candidate) => candidate.method === method);
  if (endpoint) return { kind: 'found', endpoint, params };
  const [first] = endpoints;
  return first ? { kind: 'wrong-method', endpoint: first } : { kind: 'unknown' };
}

/** The values of `{name}` segments; null when the path does not fit. */
function fit(
  pattern: readonly string[],
  segments: readonly string[],
  pathCase: Traits['pathCase'],
): Record<string, string> | null {
  if (pattern.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (expected.startsWith('{') && expected.endsWith('}')) {
      if (segment === '') return null;
      params[expected.slice(1, -1)] = segment;
    } else if (expected !== segment) {
      if (pathCase === 'exact' || expected.toLowerCase() !== segment.toLowerCase()) return null;
    }
  }
  return params;
}

/** What the device answers to a matched request: the endpoint's answer, or the 404 or 405 of its firmware. */
export async function answerMatch(
  match: RouteMatch,
  request: IsapiRequest,
  context: EndpointContext,
): Promise<IsapiAnswer | IsapiStream> {
  const { traits } = context.terminal;
  if (match.kind === 'found') return match.endpoint.handle(request, context, match.params);
  return match.kind === 'wrong-method' ? methodNotAllowed(request, traits) : notFound(traits);
}
