import { editDistance } from '../similar-word.ts';

/** What is compared: name, verb and path of an endpoint; `{name}` in the path stands for one segment. */
export interface KnownEndpoint {
  name: string;
  method: string;
  path: string;
}

/** Longer paths are cut before they are compared: the work stays bounded whatever a client sends. */
const MAX_PATH_CHARS = 160;
/** A wrong verb weighs less than a wrong word in the path. */
const WRONG_METHOD_COST = 3;

/**
 * The endpoint a request was probably meant for, as `person-search: POST /ISAPI/AccessControl/UserInfo/Search`, with the
 * difference in words. Null only when there are no endpoints. Costs one comparison per endpoint.
 * @param target path with or without query
 */
export function nearestEndpoint(
  method: string,
  target: string,
  endpoints: Iterable<KnownEndpoint>,
): string | null {
  const path = (target.split('?', 1)[0] ?? '').slice(0, MAX_PATH_CHARS);
  let best: { endpoint: KnownEndpoint; cost: number } | null = null;
  for (const endpoint of endpoints) {
    const cost =
      editDistance(path.toLowerCase(), endpoint.path.toLowerCase()) +
      (endpoint.method === method ? 0 : WRONG_METHOD_COST);
    if (best === null || cost < best.cost) best = { endpoint, cost };
  }
  if (best === null) return null;
  const { endpoint } = best;
  const why =
    endpoint.path === path
      ? ` (the verb is ${endpoint.method}, not ${method})`
      : endpoint.path.toLowerCase() === path.toLowerCase()
        ? ' (upper and lower case differ)'
        : '';
  return `${endpoint.name}: ${endpoint.method} ${endpoint.path}${why}`;
}
