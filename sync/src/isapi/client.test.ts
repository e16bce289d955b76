import { expect, test } from 'vitest';
import { createDeviceClient } from './client.ts';
import type { Call } from './device-client.ts';
import { LineError, type Transport, type WireRequest } from './transport.ts';

const call: Call = { signal: new AbortController().signal, timeoutMs: 1_000 };

/** A transport that answers every request with the same text, or breaks in the same way. */
function transportThat(result: string | Error): Transport & { requests: WireRequest[]; closed: number } {
  return {
    requests: [],
    closed: 0,
    send(request) {
      this.requests.push(request);
      if (typeof result !== 'string') return Promise.reject(result);
      return Promise.resolve({ status: 200, contentType: '', body: Buffer.from(result) });
    },
    close() {
      this.closed++;
      return Promise.resolve();
    },
  };
}

const person = {
  employeeNo: '1000',
  name: 'Person One',
  valid: { enable: true, beginTime: 'b', endTime: 'e' },
  doorRight: '1',
  planTemplateNo: '1',
};
const image = { delivery: 'url', url: 'http://192.0.2.1/a.jpg' } as const;

test('every method is one request', async () => {
  const transport = transportThat('{"statusCode":1}');
  const client = createDeviceClient(transport);
  await client.readIdentity(call);
  await client.readPersonCapabilities(call);
  await client.readFaceCapabilities(call);
  await client.countPersons(call);
  await client.countFaces(call);
  await client.recordPerson(person, call);
  await client.modifyPerson(person, call);
  await client.setUpPerson(person, call);
  await client.searchPersons({ employeeNos: [], position: 0, pageSize: 30 }, call);
  await client.deletePerson('1000', call);
  await client.addFace('1000', image, call);
  await client.setUpFace('1000', image, call);
  await client.searchFace('1000', call);
  await client.deleteFace('1000', 'fd-delete', call);
  expect(transport.requests.map(({ method, path }) => `${method} ${path.replace(/.*\/ISAPI/, '')}`)).toEqual([
    'GET /System/deviceInfo',
    'GET /AccessControl/UserInfo/capabilities?format=json',
    'GET /Intelligent/FDLib/capabilities?format=json',
    'GET /AccessControl/UserInfo/Count?format=json',
    'GET /Intelligent/FDLib/Count?format=json',
    'POST /AccessControl/UserInfo/Record?format=json',
    'PUT /AccessControl/UserInfo/Modify?format=json',
    'PUT /AccessControl/UserInfo/SetUp?format=json',
    'POST /AccessControl/UserInfo/Search?format=json',
    'PUT /AccessControl/UserInfo/Delete?format=json',
    'POST /Intelligent/FDLib/FaceDataRecord?format=json',
    'PUT /Intelligent/FDLib/FDSetUp?format=json',
    'POST /Intelligent/FDLib/FDSearch?format=json',
    'PUT /Intelligent/FDLib/FDDelete?format=json',
  ]);
});

test('a broken line is a verdict, with what is known of the delivery', async () => {
  for (const delivery of ['not-sent', 'unknown'] as const) {
    const client = createDeviceClient(transportThat(new LineError('reset', delivery, 'The line broke.')));
    expect(await client.recordPerson(person, call)).toEqual({
      verdict: {
        class: 'network',
        deviceCode: 'reset',
        code: 'device_connection_lost',
        message: 'The line broke.',
        delivery,
        httpStatus: null,
        unlockTimeS: null,
        raw: null,
      },
      value: null,
    });
  }
});

test('a mistake of ours is not dressed up as a broken line', async () => {
  const client = createDeviceClient(transportThat(new TypeError('a bug')));
  await expect(client.countPersons(call)).rejects.toThrow('a bug');
});

test('the pages of a listing share a search id; a look-up in between has its own', async () => {
  const transport = transportThat('{}');
  let ids = 0;
  const client = createDeviceClient(transport, { newSearchId: () => `s${++ids}` });
  const pages = { employeeNos: [], pageSize: 30 };
  await client.searchPersons({ ...pages, position: 0 }, call);
  await client.searchPersons({ employeeNos: ['1000'], position: 0, pageSize: 30 }, call);
  await client.searchPersons({ ...pages, position: 30 }, call);
  await client.searchPersons({ ...pages, position: 0 }, call);
  const used = transport.requests.map(({ body }) => /"searchID":"(\w+)"/.exec(body!.bytes.toString())?.[1]);
  expect(used).toEqual(['s1', 's2', 's1', 's3']);
});

test('close closes the transport', async () => {
  const transport = transportThat('{}');
  await createDeviceClient(transport).close();
  expect(transport.closed).toBe(1);
});
