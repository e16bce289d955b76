import { describe, expect, test } from 'vitest';
import { parseCommandLine } from './options.ts';
import { UsageError } from './usage-error.ts';

const parse = (...argv: string[]) => parseCommandLine(argv, () => undefined);

test('reads every option', () => {
  expect(
    parse(
      ...[
        '--devices',
        '3',
        '--port',
        '9101',
        '--control-port',
        '9100',
        '--host',
        '0.0.0.0',
        '--control-host',
        '127.0.0.2',
        '--username',
        'admin',
      ],
      ...['--password', 'Parola-123', '--profile', 'generic', '--seed', '7', '--state', 'folder', '--json'],
      ...['--faults', 'busy, silent', '--faults', 'offline', '--download-hosts', '*', '--fleet', 'f.yaml'],
    ),
  ).toEqual({
    devices: 3,
    port: 9101,
    controlPort: 9100,
    host: '0.0.0.0',
    controlHost: '127.0.0.2',
    username: 'admin',
    password: 'Parola-123',
    profile: 'generic',
    seed: 7,
    state: 'folder',
    json: true,
    faults: ['busy', 'silent', 'offline'],
    downloadHosts: ['*'],
    fleet: 'f.yaml',
  });
});

test('what is not given stays open for the fleet file', () => {
  expect(parse()).toEqual({ json: false });
});

describe('mistakes name option, value and remedy', () => {
  test.each([
    [['--devices', 'many'], /--devices <count>.*'many'.*whole number from 1 to/],
    [['--devices', '0'], /'0'.*from 1/],
    [['--devices', '2.5'], /'2.5'/],
    [['--port', '99999'], /from 0 to 65535/],
    [['--port', ''], /whole number/],
    [['--seed', '-1'], /from 0/],
    [['--faults', 'busy,,silent'], /--faults flaky-vpn,slow-modelling/],
    [['--password', ' '], /--password is empty/],
    [['--devises', '3'], /unknown option '--devises'\n\(Did you mean --devices\?\)/],
    [['fleet.yaml'], /too many arguments/],
    [['--devices'], /argument missing/],
  ])('%j', (argv, expected) => {
    expect(() => parse(...argv)).toThrow(UsageError);
    expect(() => parse(...argv)).toThrow(expected);
  });
});

test('--help shows examples, every profile and every packaged set', () => {
  let text = '';
  expect(
    parseCommandLine(['--help'], (part) => {
      text += part;
    }),
  ).toBeNull();
  for (const word of [
    '--control-port',
    'Examples:',
    'ds-k1a340',
    'flaky-vpn',
    'curl --digest',
    'docs/simulate.md',
  ])
    expect(text).toContain(word);
});
