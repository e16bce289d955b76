import type { Fleet, SimulatedDevice } from '../fleet-types.ts';

/** Terminals that are listed one by one for people; the page shows all. */
const MAX_LISTED = 20;

/** One line of JSON with every address, for programs. No passwords. */
export function announceJson(control: string, fleet: Fleet): string {
  return JSON.stringify({
    control,
    devices: fleet.devices.map((device) => ({
      id: device.id,
      url: device.url,
      host: device.host,
      port: device.port,
      scheme: device.scheme,
      username: device.username,
      model: device.model,
      profile: device.profile,
      serialNumber: device.serialNumber,
      certificateFingerprint: device.certificateFingerprint,
    })),
  });
}

function row(device: SimulatedDevice, width: number): string {
  const faults = device.faults().map(({ id }) => id ?? '');
  const trouble = faults.length === 0 ? '' : `  faults: ${faults.join(', ')}`;
  return `  ${device.id.padEnd(width)}  ${device.url.padEnd(30)}  ${device.model} (${device.profile})${trouble}`;
}

/** The same for people, with what to do next. */
export function announceText(control: string, fleet: Fleet): string {
  const listed = fleet.devices.slice(0, MAX_LISTED);
  const width = Math.max(0, ...listed.map(({ id }) => id.length));
  const more = fleet.devices.length - listed.length;
  const [first] = fleet.devices;
  const count = fleet.devices.length;
  return [
    `${count} simulated ${count === 1 ? 'terminal answers' : 'terminals answer'}:`,
    ...listed.map((device) => row(device, width)),
    ...(more > 0 ? [`  … and ${more} more on the page`] : []),
    '',
    `Page and control API: ${control}  (description: ${control}/openapi.json)`,
    ...(first
      ? [
          'Try it (asks for the password):',
          `  curl --digest -u ${first.username} ${first.scheme === 'https' ? '-k ' : ''}${first.url}/ISAPI/System/deviceInfo`,
          'Let it fail:',
          `  curl -X PUT -H 'Content-Type: application/json' -d '["full-disk"]' ${control}/api/devices/${first.id}/faults`,
        ]
      : []),
    'Ctrl-C stops all of them.',
  ].join('\n');
}
