import type { Traits } from '../profiles/traits.ts';
import type { Router, RouteMatch } from '../isapi/router.ts';

/** A request target taken apart, with the endpoint it leads to. */
export interface Target {
  /** As it came; one and the same text for the same target, so that what keeps it keeps it once. */
  text: string;
  path: string;
  query: URLSearchParams;
  match: RouteMatch;
}

/** Targets kept taken apart for each verb: clients call the same few over and over. */
const MAX_KEPT_TARGETS = 128;
const MAX_KEPT_LENGTH = 200;

const ABSOLUTE_FORM = /^https?:\/\/[^/?#]*/i;

/** Takes targets apart and finds their endpoints; one for all terminals that share a router. */
export class Targets {
  readonly #router: Router;
  /** Names of all endpoints, as faults and journal know them. */
  readonly endpointNames: readonly string[];
  /** By verb, then by target. */
  readonly #kept = new Map<string, Map<string, Target>>();

  constructor(router: Router) {
    this.#router = router;
    this.endpointNames = router.endpoints.map(({ name }) => name);
  }

  /** The query of the answer is shared between calls: read it, do not change it. */
  resolve(method: string, target: string, pathCase: Traits['pathCase'] = 'exact'): Target {
    const shelf = pathCase === 'exact' ? method : `${method} in any case`;
    const known = this.#kept.get(shelf)?.get(target);
    if (known) return known;
    const resolved = this.#takeApart(method, target, pathCase);
    if (target.length <= MAX_KEPT_LENGTH && resolved.match.kind === 'found')
      this.#keep(shelf, target, resolved);
    return resolved;
  }

  /** Verbs are bounded by the endpoints: only what was found is kept. */
  #keep(method: string, target: string, resolved: Target): void {
    let ofVerb = this.#kept.get(method);
    if (!ofVerb || ofVerb.size >= MAX_KEPT_TARGETS) {
      ofVerb = new Map();
      this.#kept.set(method, ofVerb);
    }
    ofVerb.set(target, resolved);
  }

  nearest(method: string, path: string): string {
    return this.#router.nearest(method, path);
  }

  #takeApart(method: string, target: string, pathCase: Traits['pathCase']): Target {
    const relative = target.replace(ABSOLUTE_FORM, '');
    const hash = relative.indexOf('#');
    const withoutHash = hash === -1 ? relative : relative.slice(0, hash);
    const mark = withoutHash.indexOf('?');
    const path = decodePath(mark === -1 ? withoutHash : withoutHash.slice(0, mark));
    const query = new URLSearchParams(mark === -1 ? '' : withoutHash.slice(mark + 1));
    return { text: target, path, query, match: this.#router.match(method, path, pathCase) };
  }
}

/** A path that is no valid percent-encoding is taken as it stands: it leads nowhere. */
function decodePath(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
