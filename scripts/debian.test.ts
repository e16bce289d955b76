import { expect, test } from 'vitest';
import { type DebianSystem, ensureDebianPackages, findProgram } from './debian.ts';

interface Rigged extends DebianSystem {
  commands: string[];
}

/** A system whose apt-get fails `failures` times, then installs what it is asked for. */
function rigged(options: { root?: boolean; installed?: string[]; failures?: number }): Rigged {
  const installed = new Set(options.installed);
  let failures = options.failures ?? 0;
  const commands: string[] = [];
  return {
    commands,
    isRoot: () => options.root ?? true,
    has: (name) => Promise.resolve(installed.has(name)),
    aptGet: (args) => {
      commands.push(args.filter((arg) => !arg.startsWith('-') && !arg.includes('=')).join(' '));
      if (args.includes('update')) return Promise.resolve();
      if (failures-- > 0) {
        return Promise.reject(
          Object.assign(new Error('exit 100'), { stderr: 'E: Unable to locate package' }),
        );
      }
      for (const name of args) installed.add(name);
      return Promise.resolve();
    },
  };
}

test('packages that are there cost no apt-get', async () => {
  const system = rigged({ installed: ['lighttpd'] });
  expect(await ensureDebianPackages(['lighttpd'], system)).toBe('present');
  expect(system.commands).toEqual([]);
});

test('only the missing ones are installed', async () => {
  const system = rigged({ installed: ['lighttpd'] });
  expect(await ensureDebianPackages(['lighttpd', 'apache2-bin'], system)).toBe('installed');
  expect(system.commands).toEqual(['install apache2-bin']);
});

test('the package lists are fetched once when the first try fails', async () => {
  const system = rigged({ failures: 1 });
  expect(await ensureDebianPackages(['apache2-bin'], system)).toBe('installed');
  expect(system.commands).toEqual(['install apache2-bin', 'update', 'install apache2-bin']);
});

test('a package that cannot be installed is named, with the reason', async () => {
  const result = await ensureDebianPackages(['nonsense'], rigged({ failures: 2 }));
  expect(result).toEqual({ missing: 'nonsense', why: expect.stringContaining('Unable to locate package') });
});

test('without root the command to run is named', async () => {
  const system = rigged({ root: false });
  expect(await ensureDebianPackages(['apache2-bin'], system)).toEqual({
    missing: 'apache2-bin',
    why: 'Only root can install packages here. Run: sudo apt-get install apache2-bin',
  });
  expect(system.commands).toEqual([]);
});

test('a program is found by its name, and null says there is none', async () => {
  expect(await findProgram('sh')).toMatch(/\/sh$/);
  expect(await findProgram('no-such-program-here')).toBeNull();
});
