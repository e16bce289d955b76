import { z } from 'zod';
import { MAX_FAULT_MS } from '../../faults/fields.ts';
import { findDevice } from '../find-device.ts';
import { defineOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { deviceView } from '../schemas.ts';
import { viewOf } from '../views.ts';

/** Ten years. */
const MAX_OFFSET_MS = 3650 * MAX_FAULT_MS;
/** A device with 50,000 persons fits. */
const MAX_SNAPSHOT_BYTES = 64 * 1024 * 1024;

const shown = { status: 200, description: 'The device afterwards', schema: deviceView };

export const actionOperations = [
  defineOperation({
    id: 'set-power',
    method: 'post',
    path: '/api/devices/{id}/power',
    summary: 'Switch on, off, or reboot (away for `awayMs`, default as the profile says)',
    body: z.strictObject({
      power: z.enum(['on', 'off', 'reboot']),
      awayMs: z.int().min(0).max(MAX_FAULT_MS).optional(),
    }),
    answer: shown,
    run: async ({ fleet, params, body }) => {
      const device = findDevice(fleet, params.id ?? '');
      if (body.awayMs !== undefined && body.power !== 'reboot')
        throw new Problem('bad_input', `body.awayMs belongs to {"power": "reboot"}, not to "${body.power}".`);
      if (body.power === 'on') await device.powerOn();
      else if (body.power === 'off') await device.powerOff();
      else await device.reboot(body.awayMs);
      return { status: 200, body: viewOf(device) };
    },
  }),
  defineOperation({
    id: 'change-password',
    method: 'post',
    path: '/api/devices/{id}/password',
    summary: 'Somebody changes the password of the device’s main account',
    body: z.strictObject({ password: z.string().min(1).max(64) }),
    answer: shown,
    run: ({ fleet, params, body }) => {
      const device = findDevice(fleet, params.id ?? '');
      device.changePassword(body.password);
      return { status: 200, body: viewOf(device) };
    },
  }),
  defineOperation({
    id: 'edit-at-terminal',
    method: 'post',
    path: '/api/devices/{id}/edit-at-terminal',
    summary: 'Somebody at the terminal renames a person, deletes them, or deletes their face',
    body: z
      .strictObject({
        employeeNo: z.string().min(1).max(63),
        name: z.string().max(256).optional(),
        remove: z.boolean().optional(),
        removeFace: z.boolean().optional(),
      })
      .refine(
        ({ name, remove, removeFace }) => name !== undefined || remove === true || removeFace === true,
        {
          message: 'says nothing to do; give name, remove: true or removeFace: true',
        },
      ),
    answer: shown,
    run: ({ fleet, params, body }) => {
      const device = findDevice(fleet, params.id ?? '');
      device.editAtTerminal(body);
      return { status: 200, body: viewOf(device) };
    },
  }),
  defineOperation({
    id: 'show-face',
    method: 'post',
    path: '/api/devices/{id}/show-face',
    summary:
      'Somebody stands before the terminal; null: a stranger. An event is stored, streamed and pushed.',
    body: z.strictObject({ employeeNo: z.string().min(1).max(63).nullable() }),
    answer: { status: 204, description: 'The terminal has decided; see /api/events' },
    run: ({ fleet, params, body }) => {
      findDevice(fleet, params.id ?? '').showFace(body.employeeNo);
      return { status: 204 };
    },
  }),
  defineOperation({
    id: 'show-card',
    method: 'post',
    path: '/api/devices/{id}/show-card',
    summary: 'Somebody holds a card to the terminal',
    body: z.strictObject({ cardNo: z.string().min(1).max(32) }),
    answer: { status: 204, description: 'The terminal has decided; see /api/events' },
    run: ({ fleet, params, body }) => {
      findDevice(fleet, params.id ?? '').showCard(body.cardNo);
      return { status: 204 };
    },
  }),
  defineOperation({
    id: 'set-clock',
    method: 'post',
    path: '/api/devices/{id}/clock',
    summary: 'Put the device clock off by `offsetMs`; 0 is right again',
    body: z.strictObject({ offsetMs: z.int().min(-MAX_OFFSET_MS).max(MAX_OFFSET_MS) }),
    answer: { status: 204, description: 'The clock is set' },
    run: ({ fleet, params, body }) => {
      findDevice(fleet, params.id ?? '').setClockOffset(body.offsetMs);
      return { status: 204 };
    },
  }),
  defineOperation({
    id: 'reset-device',
    method: 'post',
    path: '/api/devices/{id}/reset',
    summary: 'Forget persons, faces, cards, events, faults and journal; identity and credentials stay',
    answer: shown,
    run: ({ fleet, params }) => {
      const device = findDevice(fleet, params.id ?? '');
      device.reset();
      return { status: 200, body: viewOf(device) };
    },
  }),
  defineOperation({
    id: 'reset-fleet',
    method: 'post',
    path: '/api/reset',
    summary: 'Reset every device',
    answer: { status: 204, description: 'All devices are empty' },
    run: ({ fleet }) => {
      for (const device of fleet.devices) device.reset();
      return { status: 204 };
    },
  }),
  defineOperation({
    id: 'take-snapshot',
    method: 'get',
    path: '/api/devices/{id}/snapshot',
    summary: 'All a device remembers. Holds its passwords: keep it to yourself.',
    answer: {
      status: 200,
      description: 'The snapshot, as PUT takes it',
      schema: z.record(z.string(), z.unknown()),
    },
    run: ({ fleet, params }) => ({ status: 200, body: findDevice(fleet, params.id ?? '').snapshot() }),
  }),
  defineOperation({
    id: 'restore-snapshot',
    method: 'put',
    path: '/api/devices/{id}/snapshot',
    summary: 'Put a device back to a snapshot',
    body: z.record(z.string(), z.unknown()),
    maxBodyBytes: MAX_SNAPSHOT_BYTES,
    answer: shown,
    run: ({ fleet, params, body }) => {
      const device = findDevice(fleet, params.id ?? '');
      try {
        device.restore(body);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new Problem('bad_input', `This is no snapshot of a device: ${why}`);
      }
      return { status: 200, body: viewOf(device) };
    },
  }),
];
