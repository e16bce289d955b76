import type { Setting } from './setting.ts';
import { settings, type Settings } from './settings.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Longer values are cut in complaints. */
const MAX_SHOWN_CHARS = 80;

/** Empty counts as not set: that is what `NAME=` in an env file means to people. */
function readText(environment: Environment, name: string, setting: Setting<unknown>): string | null {
  for (const candidate of [name, ...setting.aliases]) {
    const text = environment[candidate]?.trim();
    if (text !== undefined && text !== '') return text;
  }
  return null;
}

function complain(name: string, setting: Setting<unknown>, text: string, why: string): string {
  const shown = setting.secret ? '(not shown)' : JSON.stringify(text.slice(0, MAX_SHOWN_CHARS));
  const remedy =
    typeof setting.fallback === 'string' && setting.fallback !== ''
      ? ` Remove it for the default, ${setting.fallback}.`
      : '';
  return `${name} is ${shown}: ${why}. Set ${setting.expects}.${remedy}`;
}

/**
 * Reads every setting, and collects every complaint: one start shows all that is wrong. `values` is complete only
 * when `problems` is empty.
 */
export function readSettings(environment: Environment): { values: Partial<Settings>; problems: string[] } {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries<Setting<unknown>>(settings)) {
    const text = readText(environment, name, setting) ?? setting.fallback;
    if (text === undefined) {
      problems.push(`${name} is not set. Set ${setting.expects}. ${setting.help}`);
      continue;
    }
    if (text === null) {
      values[name] = null;
      continue;
    }
    const read = setting.schema.safeParse(text);
    if (read.success) values[name] = read.data;
    else
      problems.push(
        complain(name, setting, text, read.error.issues[0]?.message ?? 'it cannot be understood'),
      );
  }
  return { values, problems };
}
