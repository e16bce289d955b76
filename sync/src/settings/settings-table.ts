import type { Setting } from './setting.ts';
import { settings } from './settings.ts';

const cell = (text: string) => text.replaceAll('|', '\\|');

function describeDefault(setting: Setting<unknown>): string {
  if (setting.fallback === undefined) return '**must be set**';
  return setting.fallback === null || setting.fallback === '' ? '' : `\`${setting.fallback}\``;
}

/** The settings as a Markdown page, for `docs/generated/settings.md`. */
export function settingsTable(): string {
  const rows = Object.entries<Setting<unknown>>(settings).map(([name, setting]) => {
    const names = [name, ...setting.aliases].map((one) => `\`${one}\``).join(' or ');
    return `| ${names}${setting.secret ? ' (secret)' : ''} | ${describeDefault(setting)} | ${cell(setting.expects)} | ${cell(setting.help)} |`;
  });
  return [
    '# Settings of the daemon',
    '',
    '<!-- Written by `npm run settings -w @pontaj/sync` from sync/src/settings/settings.ts; do not edit. -->',
    '',
    'Environment variables, read once at start. A value that makes no sense stops the start, and all of them are named',
    'at once. An empty value counts as not set.',
    '',
    '| setting | default | accepts | what it does |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
