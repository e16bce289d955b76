import { z } from 'zod';
import type { Fault } from '../../faults/fault.ts';
import { packagedSets } from '../../faults/packaged-sets.ts';
import { faultKinds, kindNames } from '../../faults/kinds/index.ts';
import { findDevice } from '../find-device.ts';
import { defineOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { fault, faultCount, faultEntry, faultList } from '../schemas.ts';

export const faultOperations = [
  defineOperation({
    id: 'list-faults',
    method: 'get',
    path: '/api/devices/{id}/faults',
    summary: 'The faults that are set',
    answer: { status: 200, description: 'The faults, as PUT takes them', schema: z.array(fault) },
    run: ({ fleet, params }) => ({ status: 200, body: findDevice(fleet, params.id ?? '').faults() }),
  }),
  defineOperation({
    id: 'count-faults',
    method: 'get',
    path: '/api/devices/{id}/faults/counts',
    summary: 'How often each fault has taken part; a call that it holds up counts already',
    answer: {
      status: 200,
      description: '`seen`: calls that fitted it so far; `fired`: those it took part in',
      schema: z.array(faultCount),
    },
    run: ({ fleet, params }) => ({ status: 200, body: findDevice(fleet, params.id ?? '').faultCounts() }),
  }),
  defineOperation({
    id: 'set-faults',
    method: 'put',
    path: '/api/devices/{id}/faults',
    summary: 'Replace all faults: a list of faults and names of packaged sets. [] clears.',
    body: faultList,
    answer: { status: 200, description: 'The faults that are set now', schema: z.array(fault) },
    run: ({ fleet, params, body }) => {
      const device = findDevice(fleet, params.id ?? '');
      const list = Array.isArray(body) ? body : body.faults;
      device.setFaults(list as (Fault | string)[]);
      return { status: 200, body: device.faults() };
    },
  }),
  defineOperation({
    id: 'add-fault',
    method: 'post',
    path: '/api/devices/{id}/faults',
    summary: 'Add one fault, or a packaged set by its name as a JSON string',
    body: faultEntry,
    answer: { status: 201, description: 'Its id, for DELETE', schema: z.strictObject({ id: z.string() }) },
    run: ({ fleet, params, body }) => {
      const id = findDevice(fleet, params.id ?? '').addFault(body as unknown as Fault | string);
      return { status: 201, body: { id } };
    },
  }),
  defineOperation({
    id: 'clear-faults',
    method: 'delete',
    path: '/api/devices/{id}/faults',
    summary: 'Remove all faults',
    answer: { status: 204, description: 'None is set' },
    run: ({ fleet, params }) => {
      findDevice(fleet, params.id ?? '').clearFaults();
      return { status: 204 };
    },
  }),
  defineOperation({
    id: 'remove-fault',
    method: 'delete',
    path: '/api/devices/{id}/faults/{fault+}',
    summary: 'Remove one fault by its id, or a packaged set by its name',
    answer: { status: 204, description: 'It is gone' },
    run: ({ fleet, params }) => {
      const device = findDevice(fleet, params.id ?? '');
      const faultId = params.fault ?? '';
      if (device.removeFault(faultId)) return { status: 204 };
      const set = device.faults().map(({ id }) => id);
      throw new Problem(
        'unknown_fault',
        `Device "${device.id}" has no fault "${faultId}". Set are: ${set.join(', ') || 'none'}.`,
      );
    },
  }),
  defineOperation({
    id: 'list-fault-sets',
    method: 'get',
    path: '/api/fault-sets',
    summary: 'The packaged sets of faults',
    answer: {
      status: 200,
      description: 'Name, meaning and faults of each',
      schema: z.array(
        z.strictObject({
          name: z.string(),
          description: z.string(),
          faults: z.array(fault.partial({ id: true })),
        }),
      ),
    },
    run: () => ({ status: 200, body: packagedSets }),
  }),
  defineOperation({
    id: 'list-fault-kinds',
    method: 'get',
    path: '/api/fault-kinds',
    summary: 'What a fault can do, with an example of each kind',
    answer: {
      status: 200,
      description: 'The kinds',
      schema: z.array(
        z.strictObject({
          kind: z.string(),
          summary: z.string(),
          example: z.looseObject({ kind: z.string() }),
        }),
      ),
    },
    run: () => ({
      status: 200,
      body: kindNames.map((name) => {
        const { kind, summary, example } = faultKinds[name];
        return { kind, summary, example };
      }),
    }),
  }),
];
