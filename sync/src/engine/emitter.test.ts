import { expect, test } from 'vitest';
import { createEmitter } from './emitter.ts';

interface Events {
  said: { word: string };
  other: { n: number };
}

test('each listener hears its own events until it leaves, and one that throws disturbs nobody', () => {
  const events = createEmitter<Events>();
  const heard: string[] = [];
  const leave = events.on('said', ({ word }) => heard.push(`a ${word}`));
  events.on('said', () => {
    throw new Error('broken log');
  });
  const second = ({ word }: Events['said']) => heard.push(`b ${word}`);
  events.on('said', second);
  events.emit('said', { word: 'one' });
  leave();
  events.emit('said', { word: 'two' });
  events.off('said', second);
  events.emit('said', { word: 'three' });
  events.emit('other', { n: 1 });
  expect(heard).toEqual(['a one', 'b one', 'b two']);
});
