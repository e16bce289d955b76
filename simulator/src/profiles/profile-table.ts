import { builtInProfiles } from './built-in.ts';
import type { TraitFact } from './profile.ts';

/** Marks in docs/simulate.md between which the table stands. */
export const TABLE_BEGIN = '<!-- profiles:begin (written by simulator/scripts/write-profile-table.ts) -->';
export const TABLE_END = '<!-- profiles:end -->';

/**
 * Every profile as one Markdown table: all traits of `generic`, and of each model those it does not simply take over.
 */
export function profileTable(): string {
  const rows = [...builtInProfiles.values()].flatMap(({ name, traits }) =>
    Object.entries(traits)
      .filter(([, fact]) => fact.source !== 'as generic')
      .map(([trait, fact]: [string, TraitFact<unknown>]) =>
        [`\`${name}\``, trait, `\`${JSON.stringify(fact.value)}\``, fact.evidence, fact.source].map(cell),
      ),
  );
  const lines = [['Profile', 'Trait', 'Value', 'Evidence', 'Source'], Array<string>(5).fill('---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** `text` with the table between its marks replaced. Throws when the marks are missing. */
export function withProfileTable(text: string): string {
  const begin = text.indexOf(TABLE_BEGIN);
  const end = text.indexOf(TABLE_END);
  if (begin < 0 || end < begin)
    throw new Error(`No place for the table of profiles; put "${TABLE_BEGIN}" and "${TABLE_END}" there.`);
  return `${text.slice(0, begin)}${TABLE_BEGIN}\n<!-- prettier-ignore-start -->\n\n${profileTable()}\n\n<!-- prettier-ignore-end -->\n${text.slice(end)}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
