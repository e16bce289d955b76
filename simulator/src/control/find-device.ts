import type { Fleet, SimulatedDevice } from '../fleet-types.ts';
import { similarWord } from '../similar-word.ts';
import { Problem } from './problem.ts';

/** How many ids an error lists. */
const MAX_LISTED = 10;

/** @throws Problem `unknown_device` with the nearest id and those there are */
export function findDevice(fleet: Fleet, id: string): SimulatedDevice {
  const found = fleet.devices.find((device) => device.id === id);
  if (found) return found;
  const ids = fleet.devices.map((device) => device.id);
  const meant = similarWord(id, ids.slice(0, 1000));
  const listed = ids.slice(0, MAX_LISTED).join(', ') || 'none';
  throw new Problem(
    'unknown_device',
    `There is no device "${id}"${meant ? `; did you mean "${meant}"?` : '.'} Devices: ${listed}${ids.length > MAX_LISTED ? ' …' : ''}.`,
  );
}
