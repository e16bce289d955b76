import type { FleetEvent } from '../fleet-types.ts';
import type { TerminalParts } from './wire-terminal.ts';

/** Tells the fleet what happens at one terminal: people who show a face or a card, and requests that are over. */
export function tellFleet(
  { terminal, journal }: Pick<TerminalParts, 'terminal' | 'journal'>,
  deviceId: string,
  emit: (event: FleetEvent) => void,
): void {
  terminal.events.subscribe((event) => {
    emit({ type: 'access', deviceId, event });
  });
  journal.subscribe((entry) => {
    emit({ type: 'request', entry });
  });
}
