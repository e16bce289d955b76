import type { RunScope } from '../model/run.ts';
import { Problem } from './problem.ts';
import type { StorePort } from './store-port.ts';

/**
 * Says no when nothing would be synchronised at all: somebody pressed a button and waits for more than an empty
 * result. What else cannot work, the engine says itself (`ScopeError`).
 * A device in `eroare` belongs to the work: it is asked, and comes back by itself once it answers.
 */
export async function checkAnyDevice(store: StorePort, scope: RunScope): Promise<void> {
  const { deviceId, siteId } = scope;
  if (deviceId !== null) return;
  const devices = await store.readDevices({ siteId, statuses: ['activ', 'eroare'] });
  if (devices.length > 0) return;
  throw new Problem(
    'no_active_devices',
    siteId === null
      ? 'There is no active device in dispozitive_pontaj. Add one, or set the status of one to activ.'
      : `There is no active device on site ${siteId}. Check santier_id, or leave it out for all sites.`,
  );
}
