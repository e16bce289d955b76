import { z } from 'zod';
import type { DeviceSpec } from '../../fleet-types.ts';
import { findDevice } from '../find-device.ts';
import { defineOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { cardView, deviceSpec, deviceView, eventQuery, eventView, faceView, personView } from '../schemas.ts';
import { viewOf } from '../views.ts';

function isPortTaken(error: unknown): boolean {
  const text = error instanceof Error ? `${error.message} ${String(error.cause)}` : '';
  return (
    (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') || text.includes('EADDRINUSE')
  );
}

export const deviceOperations = [
  defineOperation({
    id: 'list-devices',
    method: 'get',
    path: '/api/devices',
    summary: 'All devices',
    answer: { status: 200, description: 'The devices', schema: z.array(deviceView) },
    run: ({ fleet }) => ({ status: 200, body: fleet.devices.map(viewOf) }),
  }),
  defineOperation({
    id: 'add-device',
    method: 'post',
    path: '/api/devices',
    summary: 'Add a device and switch it on. Everything absent is as the fleet was started.',
    body: deviceSpec,
    answer: { status: 201, description: 'The new device', schema: deviceView },
    run: async ({ fleet, body }) => {
      // Traits and faults are checked one by one where they are set.
      const spec = body as DeviceSpec;
      if (spec.id !== undefined && fleet.devices.some((device) => device.id === spec.id))
        throw new Problem('bad_device', `There is a device "${spec.id}" already; give another id or none.`);
      try {
        return { status: 201, body: viewOf(await fleet.addDevice(spec)) };
      } catch (error) {
        if (isPortTaken(error))
          throw new Problem(
            'port_taken',
            `Port ${spec.port ?? 0} is in use; give another one, or 0 for a free one.`,
          );
        if (error instanceof Error && error.constructor === Error)
          throw new Problem('bad_device', error.message);
        throw error;
      }
    },
  }),
  defineOperation({
    id: 'show-device',
    method: 'get',
    path: '/api/devices/{id}',
    summary: 'One device',
    answer: { status: 200, description: 'The device', schema: deviceView },
    run: ({ fleet, params }) => ({ status: 200, body: viewOf(findDevice(fleet, params.id ?? '')) }),
  }),
  defineOperation({
    id: 'remove-device',
    method: 'delete',
    path: '/api/devices/{id}',
    summary: 'Switch a device off and take it out of the fleet',
    answer: { status: 204, description: 'It is gone' },
    run: async ({ fleet, params }) => {
      await fleet.removeDevice(findDevice(fleet, params.id ?? '').id);
      return { status: 204 };
    },
  }),
  defineOperation({
    id: 'list-persons',
    method: 'get',
    path: '/api/devices/{id}/persons',
    summary: 'Who is on the device',
    answer: { status: 200, description: 'The persons, in order of arrival', schema: z.array(personView) },
    run: ({ fleet, params }) => ({ status: 200, body: findDevice(fleet, params.id ?? '').persons() }),
  }),
  defineOperation({
    id: 'list-faces',
    method: 'get',
    path: '/api/devices/{id}/faces',
    summary: 'Whose face is on the device, with the SHA-256 of its picture',
    answer: { status: 200, description: 'The faces', schema: z.array(faceView) },
    run: ({ fleet, params }) => ({ status: 200, body: findDevice(fleet, params.id ?? '').faces() }),
  }),
  defineOperation({
    id: 'list-cards',
    method: 'get',
    path: '/api/devices/{id}/cards',
    summary: 'Whose cards are on the device',
    answer: { status: 200, description: 'The cards, in order of arrival', schema: z.array(cardView) },
    run: ({ fleet, params }) => ({ status: 200, body: findDevice(fleet, params.id ?? '').cards() }),
  }),
  defineOperation({
    id: 'list-events',
    method: 'get',
    path: '/api/devices/{id}/events',
    summary: 'What the device has in its event log',
    query: eventQuery,
    answer: { status: 200, description: 'The newest `limit`, oldest first', schema: z.array(eventView) },
    run: ({ fleet, params, query }) => ({
      status: 200,
      body: findDevice(fleet, params.id ?? '').events(query.limit),
    }),
  }),
];
