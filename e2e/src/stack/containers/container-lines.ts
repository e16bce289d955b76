import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { JsonLines } from '../json-lines.ts';

/** What a container prints, line by line, from its start; `ended` once it prints no more. */
export function containerLines(): {
  lines: JsonLines;
  consume: (stream: Readable) => void;
  ended: Promise<void>;
} {
  const lines = new JsonLines();
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return {
    lines,
    ended,
    consume: (stream) => {
      const reader = createInterface({ input: stream });
      reader.on('line', (line) => {
        lines.push(line);
      });
      reader.on('close', end);
    },
  };
}
