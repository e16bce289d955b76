import type { Random } from '../../src/random.ts';

/** A request before the line: everything of it may be wrong. */
export interface FuzzRequest {
  method: string;
  target: string;
  headers: [name: string, value: string][];
  body: Buffer;
}

const ODD_VALUES = [
  '',
  '0',
  '-1',
  '4294967296',
  '1e308',
  'null',
  'NaN',
  '\u0000',
  '\ud83d\ude00'.repeat(20),
  'x'.repeat(5000),
  '%00',
  '../../etc/passwd',
  "'; drop table persons; --",
  '<a>&amp;</a>',
  '__proto__',
  'constructor',
];
const ODD_METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE', 'PROPFIND'];
const ODD_TYPES = [
  'application/xml',
  'text/plain',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  '*/*',
];
/** Deeper than any sane parser's patience, and quick to make. */
const DEEP = 5_000;
const BOMB_LEVELS = 9;

const bodies: ((random: Random, body: Buffer) => Buffer)[] = [
  (random, body) => body.subarray(0, random.int(body.length + 1)),
  (random, body) => flipBytes(random, body),
  (_, body) => Buffer.concat([body, body]),
  () => Buffer.from('['.repeat(DEEP)),
  () => Buffer.from(`${'{"UserInfo":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`),
  () => Buffer.from(`<a>${'<b>'.repeat(DEEP)}`),
  () => Buffer.from(entityBomb()),
  (random) => Buffer.from(random.hex(2 * random.int(2000)), 'hex'),
  (_, body) => Buffer.from(body.toString('utf8'), 'utf16le'),
  (_, body) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]),
  (random, body) => oddValue(random, body),
  () => Buffer.from('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
];

const heads: ((random: Random, request: FuzzRequest) => FuzzRequest)[] = [
  (random, request) => ({ ...request, method: pick(random, ODD_METHODS) }),
  (random, request) => ({ ...request, target: oddTarget(random, request.target) }),
  (random, request) => withHeader(request, 'Content-Type', pick(random, ODD_TYPES)),
  (random, request) => withHeader(request, 'X-Odd', 'y'.repeat(random.int(12_000))),
  (_, request) => withHeader(request, 'Host', '][:::'),
  (_, request) => withHeader(request, 'Expect', '100-continue'),
  (_, request) => withHeader(request, 'Cookie', 'WebSession_x=y; language=ro'),
  (_, request) => withHeader(request, 'Range', 'bytes=0-1,5-'),
];

/** One to three things wrong with a good request. The same random gives the same request. */
export function mutate(request: FuzzRequest, random: Random): FuzzRequest {
  let mutated = request;
  const changes = 1 + random.int(3);
  for (let change = 0; change < changes; change += 1) {
    if (random.int(3) > 0) mutated = { ...mutated, body: pick(random, bodies)(random, mutated.body) };
    else mutated = pick(random, heads)(random, mutated);
  }
  return mutated;
}

function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[random.int(items.length)];
  if (item === undefined) throw new Error('Nothing to choose from.');
  return item;
}

function flipBytes(random: Random, body: Buffer): Buffer {
  const flipped = Buffer.from(body);
  for (let count = 0; count < 1 + random.int(8) && flipped.length > 0; count += 1)
    flipped[random.int(flipped.length)] = random.int(256);
  return flipped;
}

/** Puts an odd value in place of one that stands in the JSON or XML. */
function oddValue(random: Random, body: Buffer): Buffer {
  const text = body.toString('utf8');
  const places = [...text.matchAll(/(?<=[:>]\s*)("[^"]*"|[\w.-]+)/g)];
  const place = places[random.int(Math.max(1, places.length))];
  if (!place) return body;
  const odd = pick(random, ODD_VALUES);
  const value = random.int(2) === 0 ? JSON.stringify(odd) : odd;
  return Buffer.from(text.slice(0, place.index) + value + text.slice(place.index + place[0].length));
}

function oddTarget(random: Random, target: string): string {
  const tricks = [
    `${target}&format=json`,
    target.replace('format=json', 'format=xml'),
    target.replace('?format=json', ''),
    target.replace('/ISAPI/', '/ISAPI/../ISAPI/'),
    target.replace('/ISAPI/', '//ISAPI/'),
    target.replace('?', '/%2e%2e/%2e%2e?'),
    `${target}${'&a=b'.repeat(random.int(500))}`,
    target.toLowerCase(),
    `${target}%ZZ`,
    `http://elsewhere.example${target}`,
    '*',
  ];
  return pick(random, tricks);
}

function withHeader(request: FuzzRequest, name: string, value: string): FuzzRequest {
  const others = request.headers.filter(([known]) => known.toLowerCase() !== name.toLowerCase());
  return { ...request, headers: [...others, [name, value]] };
}

/** Nine levels of ten: a thousand million letters to whoever unfolds it. */
function entityBomb(): string {
  const entities = Array.from(
    { length: BOMB_LEVELS },
    (_, level) => `<!ENTITY e${level + 1} "${`&e${level};`.repeat(10)}">`,
  );
  return `<?xml version="1.0"?><!DOCTYPE b [<!ENTITY e0 "lol">${entities.join('')}]><b>&e${BOMB_LEVELS};</b>`;
}
