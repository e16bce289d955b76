import { blankMemory, type Device } from '../../model/device.ts';

/** A device as the database would give it, at the port of a test's server. */
export function deviceAt(port: number, changes: Partial<Device> = {}): Device {
  return {
    deviceId: '00000000-0000-4000-8000-000000000001',
    name: 'Poarta 1',
    host: '127.0.0.1',
    port,
    scheme: 'http',
    certificatePolicy: { mode: 'verify' },
    username: 'admin',
    password: 'Parola-123',
    status: 'activ',
    siteId: null,
    timezone: null,
    memory: blankMemory,
    ...changes,
  };
}
