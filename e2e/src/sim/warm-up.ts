import { startFleet, systemClock } from '@pontaj/simulator';
import { createDeviceClient, createHttpTransport, createMemoryStore } from '@pontaj/sync';
import { drawAlbum, type Album } from './album.ts';
import { createTerminalFetch } from './terminal-fetch.ts';

const TIMEOUT_MS = 30_000;

/**
 * Draws the album and has every picture decoded once by a terminal in real time: in virtual time it is known already,
 * and no moment passes while a decoder works.
 */
export async function warmUp(): Promise<Album> {
  const album = await drawAlbum();
  const fleet = await startFleet({
    listen: false,
    devices: [{ id: 'warm', traits: { modellingMinMs: 0, modellingMaxMs: 0, sameFaceTwice: 'accept' } }],
    password: 'parola-1',
  });
  const device = fleet.device('warm');
  const { admin } = createMemoryStore({ clock: systemClock });
  admin.putDevice({ deviceId: 'warm', host: 'warm.test', password: 'parola-1' });
  const row = admin.device('warm');
  if (row === null) throw new Error('The device to warm up with was not stored.');
  const client = createDeviceClient(
    createHttpTransport({ clock: systemClock, fetch: createTerminalFetch(() => device) })(row),
  );
  const call = { signal: new AbortController().signal, timeoutMs: TIMEOUT_MS };
  device.editAtTerminal({ employeeNo: '1000', name: 'Cald' });
  for (const { stored, prepared } of album.photos.values())
    for (const jpeg of new Set([stored, prepared]))
      await client.setUpFace('1000', { delivery: 'upload', jpeg }, call);
  await fleet.stop();
  return album;
}
