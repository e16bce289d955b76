import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { OutsideCall, OutsidePlan, OutsideResult } from './plan.ts';

const run = promisify(execFile);

/** The plan with curl, as a shell script would do it: files and forms are curl's own. */
export async function runCurl(plan: OutsidePlan): Promise<OutsideResult[]> {
  const results: OutsideResult[] = [];
  for (const call of plan.calls) {
    const { stdout } = await run('curl', [
      ...['--silent', '--show-error', '--digest', '--max-time', '20', '--write-out', '\n%{http_code}'],
      ...['--user', `${plan.username}:${call.password ?? plan.password}`, '--request', call.method],
      ...bodyOf(call),
      plan.url + call.target,
    ]);
    const end = stdout.lastIndexOf('\n');
    results.push({ step: call.step, status: Number(stdout.slice(end + 1)), body: stdout.slice(0, end) });
  }
  return results;
}

function bodyOf(call: OutsideCall): string[] {
  const text = JSON.stringify(call.json);
  if (call.picture !== undefined)
    return [
      ...['--form', `FaceDataRecord=${text};type=application/json`],
      ...['--form', `img=@${call.picture};type=image/jpeg`],
    ];
  return call.json === undefined ? [] : ['--header', 'Content-Type: application/json', '--data', text];
}
