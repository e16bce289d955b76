import type { z } from 'zod';
import type { SimulatedDevice } from '../fleet-types.ts';
import type { deviceView } from './schemas.ts';

/** A device as the API shows it: no password. */
export function viewOf(device: SimulatedDevice): z.infer<typeof deviceView> {
  const { persons, faces } = device.counts();
  return {
    id: device.id,
    url: device.url,
    scheme: device.scheme,
    host: device.host,
    port: device.port,
    username: device.username,
    model: device.model,
    profile: device.profile,
    serialNumber: device.serialNumber,
    certificateFingerprint: device.certificateFingerprint,
    power: device.power,
    persons,
    faces,
    faults: device.faults().map((fault) => fault.id ?? ''),
  };
}
