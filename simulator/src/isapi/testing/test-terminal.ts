import { virtualClock, type VirtualClock } from '../../../conformance/virtual-clock.ts';
import { builtInProfiles } from '../../profiles/built-in.ts';
import { traitsOf } from '../../profiles/profile.ts';
import type { Traits } from '../../profiles/traits.ts';
import { seededRandom } from '../../random.ts';
import { drawIdentity } from '../../terminal/identity.ts';
import { PhotoShelf } from '../../terminal/photo-shelf.ts';
import { Terminal } from '../../terminal/terminal.ts';
import type { CallConditions, DownloadResult } from '../endpoint.ts';
import { router } from '../endpoints.ts';
import { answerMatch } from '../router.ts';

interface TestAnswer {
  status: number;
  contentType: string | null;
  subStatusCode: string | undefined;
  text: string;
  /** The body as JSON; null when it is none. */
  json: unknown;
}

export interface TestTerminal {
  terminal: Terminal;
  clock: VirtualClock;
  /** Calls an endpoint past door and pipeline. An object is sent as JSON; `format=json` is added when no query is given. */
  call: (method: string, path: string, body?: unknown, contentType?: string) => Promise<TestAnswer>;
}

export interface TestTerminalOptions {
  profile?: string;
  traits?: Partial<Traits>;
  conditions?: CallConditions;
  seed?: number;
  download?: (url: string) => Promise<DownloadResult>;
}

const ORIGIN = 'http://192.0.2.10';

/** Pictures are decoded once for all tests of a file. */
const photos = new PhotoShelf();

/** A terminal without a door, whose modelling takes no time unless a test says so. */
export function testTerminal(options: TestTerminalOptions = {}): TestTerminal {
  const profile = builtInProfiles.get(options.profile ?? 'generic');
  if (!profile) throw new Error(`No profile ${options.profile ?? ''}`);
  const traits = traitsOf(profile, { modellingMinMs: 0, modellingMaxMs: 0, ...options.traits });
  const clock = virtualClock();
  const random = seededRandom(options.seed ?? 1);
  const terminal = new Terminal({
    traits,
    clock,
    random,
    identity: drawIdentity(traits, random),
    accounts: [],
    activated: true,
    photos,
  });
  const download = options.download ?? (() => Promise.resolve({ ok: false as const, why: 'no network' }));
  const context = { terminal, clock, random, download, signal: new AbortController().signal };
  return {
    terminal,
    clock,
    async call(method, target, body, contentType) {
      const [path = '', query = 'format=json'] = target.split('?');
      const answer = await answerMatch(
        router.match(method, path),
        {
          method,
          path,
          query: new URLSearchParams(query),
          headers: { 'content-type': contentType ?? 'application/json' },
          body: bytesOf(body),
          userName: 'admin',
          remoteAddress: '192.0.2.99',
          origin: ORIGIN,
        },
        options.conditions ? { ...context, conditions: options.conditions } : context,
      );
      if (answer.kind === 'stream') throw new Error(`${path} answers with a stream`);
      const text = answer.body.toString();
      const json: unknown = answer.contentType?.includes('json') ? JSON.parse(text) : null;
      const { status, subStatusCode } = answer;
      return { status, contentType: answer.contentType, subStatusCode, text, json };
    },
  };
}

function bytesOf(body: unknown): Buffer {
  if (Buffer.isBuffer(body)) return body;
  if (body === undefined) return Buffer.alloc(0);
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}
