import type { Terminal } from '../../terminal/terminal.ts';
import { notificationHead } from '../events/event-json.ts';

/** About every 10 s [observed]. */
export const HEARTBEAT_MS = 10_000;

/** The sign of life of a stream; null where the model sends none. `count` grows with every heartbeat of the stream. */
export function heartbeat(terminal: Terminal, origin: string, count: number): object | null {
  const head = { ...notificationHead(terminal, origin, terminal.deviceTime.local()), activePostCount: count };
  switch (terminal.traits.heartbeat) {
    case 'none':
      return null;
    case 'heartBeat':
      return { ...head, eventType: 'heartBeat', eventState: 'active', eventDescription: 'Heartbeat' };
    case 'videoloss':
      return {
        ...head,
        channelID: 3,
        eventType: 'videoloss',
        eventState: 'inactive',
        eventDescription: 'videoloss alarm',
      };
  }
}
