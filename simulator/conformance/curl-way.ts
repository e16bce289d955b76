import { spawn } from 'node:child_process';
import { streamOverSocket } from './open-stream.ts';
import { makeRig, seen, type LineCall } from './make-rig.ts';
import type { Rig, Seen, Way } from './rig.ts';

const CURL_TIMEOUT_S = 20;

/** With the curl program, its own digest included. */
export const curlWay: Way = {
  name: 'curl',
  rig: (options) =>
    makeRig(
      {
        listens: true,
        // curl says nothing of a stream before it ends.
        stream: streamOverSocket,
        send: (rig, call) => curl(rig, call, []),
        call: (rig, call, { username, password }) =>
          curl(rig, call, ['--digest', '--user', `${username}:${password}`]),
      },
      options,
    ),
};

async function curl({ device }: Pick<Rig, 'device'>, call: LineCall, more: string[]): Promise<Seen> {
  const headers = Object.entries(call.headers).flatMap(([name, value]) => ['--header', `${name}: ${value}`]);
  const args = [
    '--silent',
    '--show-error',
    '--include',
    '--insecure',
    '--globoff',
    '--path-as-is',
    '--max-time',
    String(CURL_TIMEOUT_S),
    '--request',
    call.method,
    ...headers,
    ...more,
    ...(call.body ? ['--data-binary', '@-'] : []),
    `${device.url}${call.target}`,
  ];
  return lastAnswer(await run(args, call.body));
}

function run(args: string[], input: Buffer | undefined): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn('curl', args);
    const out: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.on('error', reject);
    child.stdin.on('error', () => undefined);
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(out));
      else reject(new Error(`curl ended with ${code}: ${Buffer.concat(errors).toString().trim()}`));
    });
    child.stdin.end(input);
  });
}

/** With --include curl writes the head of every answer of the handshake, and the body of the last. */
function lastAnswer(output: Buffer): Seen {
  let rest = output;
  let status = 0;
  let headers: Record<string, string> = {};
  while (rest.subarray(0, 5).toString('latin1') === 'HTTP/') {
    const end = rest.indexOf('\r\n\r\n');
    const [first = '', ...lines] = rest.subarray(0, end).toString('latin1').split('\r\n');
    status = Number(first.split(' ')[1]);
    headers = Object.fromEntries(
      lines.map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
      }),
    );
    rest = rest.subarray(end + 4);
  }
  return seen(status, headers, rest);
}
