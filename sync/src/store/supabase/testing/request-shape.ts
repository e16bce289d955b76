/** Parameters of a query that are no filter. */
const NO_FILTERS = new Set(['select', 'order', 'limit', 'offset', 'columns', 'on_conflict']);

/**
 * What a request to PostgREST asks, without the values: verb, table or function, embedded tables, filters with their
 * operators, order, and what the headers ask for. Two requests of one shape need the same of a server.
 */
export function requestShape(method: string, url: string, headers: Headers, body: string | null): string {
  const { pathname, searchParams } = new URL(url);
  const parts = [method, pathname.replace(/^\/rest\/v1\//, '')];
  if (body !== null && body !== '') parts.push(`(${argumentsOf(body).join(', ')})`);
  const query = [...searchParams].map(([name, value]) => parameterShape(name, value)).sort();
  parts.push(...query);
  for (const name of ['prefer', 'range', 'accept-profile', 'content-profile']) {
    const value = headers.get(name);
    // `public` is what a server takes without being told.
    if (value !== null && value !== '' && value !== 'public') parts.push(`${name}: ${value}`);
  }
  const accept = headers.get('accept') ?? '';
  if (accept.includes('vnd.pgrst')) parts.push(`accept: ${accept}`);
  return parts.join(' ');
}

function argumentsOf(body: string): string[] {
  const value: unknown = JSON.parse(body);
  const row: unknown = Array.isArray(value) ? value[0] : value;
  return typeof row === 'object' && row !== null ? Object.keys(row).sort() : [];
}

function parameterShape(name: string, value: string): string {
  if (name === 'select') return `select=${selectShape(value)}`;
  if (name === 'limit' || name === 'offset') return name;
  if (NO_FILTERS.has(name)) return `${name}=${value}`;
  if (name === 'or' || name === 'and')
    return `${name}=${value.replace(/(\w\.(?:not\.)?[a-z]+)\.[^,()]+/g, '$1')}`;
  // `not.is.null` is an operator as a whole; of the others the value is left out.
  const operator = /^(?:not\.)?(?:is\.\w+|[a-z]+(?:\([^)]*\))?)/.exec(value)?.[0] ?? value;
  return `${name}=${operator}`;
}

/** Columns do not matter to a server; what is embedded, and how, does. */
function selectShape(value: string): string {
  if (value === '*') return '*';
  const embedded = [...value.matchAll(/([\w!]+)\(/g)].map(([, name]) => `${name ?? ''}(columns)`);
  return ['columns', ...embedded].join(',');
}
