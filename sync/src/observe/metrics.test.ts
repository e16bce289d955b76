import { expect, it } from 'vitest';
import { createEmitter } from '../engine/emitter.ts';
import type { EngineEvents } from '../engine/events.ts';
import { createMetrics } from './metrics.ts';

const DEVICE = '00000000-0000-4000-8000-0000000000d1';

function started() {
  const events = createEmitter<EngineEvents>();
  const metrics = createMetrics(events, { processMetrics: false });
  const value = async (series: string) => {
    const line = (await metrics.read()).split('\n').find((one) => one.startsWith(`${series} `));
    return line === undefined ? null : Number(line.split(' ').at(-1));
  };
  return { events, metrics, value };
}

it('counts what the engine tells', async () => {
  const { events, metrics, value } = started();
  const call = { deviceId: DEVICE, operation: 'recordPerson', employeeNo: 1000, deviceCode: 'ok' };
  events.emit('call.finished', { ...call, durationMs: 40, class: 'done' });
  events.emit('call.finished', { ...call, durationMs: 400, class: 'done' });
  events.emit('run.finished', { runId: 'r', state: 'partial' });
  events.emit('lease.lost', { deviceId: DEVICE });
  events.emit('store.failed', { doing: 'x', message: 'y' });
  metrics.countRequest('POST', 200);
  expect(await value('pontaj_device_call_seconds_count{operation="recordPerson",class="done"}')).toBe(2);
  expect(await value('pontaj_device_call_seconds_sum{operation="recordPerson",class="done"}')).toBeCloseTo(
    0.44,
  );
  expect(await value('pontaj_runs_total{state="partial"}')).toBe(1);
  expect(await value('pontaj_leases_lost_total')).toBe(1);
  expect(await value('pontaj_database_failures_total')).toBe(1);
  expect(await value('pontaj_http_requests_total{method="POST",status="200"}')).toBe(1);
});

it('knows which device is down', async () => {
  const { events, value } = started();
  const up = `pontaj_device_up{dispozitiv_id="${DEVICE}"}`;
  events.emit('leg.finished', { runId: 'r', deviceId: DEVICE, state: 'ok', reason: null });
  expect(await value(up)).toBe(1);
  events.emit('device.stopped', { deviceId: DEVICE, code: 'device_unreachable', message: 'm', raw: null });
  events.emit('leg.finished', { runId: 'r', deviceId: DEVICE, state: 'stopped', reason: 'm' });
  expect(await value(up)).toBe(0);
  events.emit('device.recovered', { deviceId: DEVICE });
  expect(await value(up)).toBe(1);
  expect(await value('pontaj_device_stops_total{code="device_unreachable"}')).toBe(1);
});

it('two daemons in one process do not share figures', async () => {
  const [one, other] = [started(), started()];
  one.events.emit('lease.lost', { deviceId: DEVICE });
  expect(await one.value('pontaj_leases_lost_total')).toBe(1);
  expect(await other.value('pontaj_leases_lost_total')).toBe(0);
});
