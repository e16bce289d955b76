import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { EventSource } from './log-events.ts';

/** From a terminal on the LAN that does nothing to one that models a face, and the longest timeout. */
const CALL_BUCKETS_S = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15];

export interface Metrics {
  contentType: string;
  /** The metrics as Prometheus reads them. */
  read(): Promise<string>;
  /** Counts one answered request of the API. */
  countRequest(method: string, status: number): void;
}

/**
 * The figures of one daemon, fed by the engine's events. Labels are operations, classes, states and device ids: no
 * names, no addresses.
 * @param processMetrics also memory, CPU and event loop of the process; one daemon per process only.
 */
export function createMetrics(events: EventSource, options: { processMetrics: boolean }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (options.processMetrics) collectDefaultMetrics({ register: registry });

  const calls = new Histogram({
    name: 'pontaj_device_call_seconds',
    help: 'Calls to devices: how long they took, by operation and by what the answer meant.',
    labelNames: ['operation', 'class'],
    buckets: CALL_BUCKETS_S,
    registers,
  });
  const pairs = new Counter({
    name: 'pontaj_pairs_total',
    help: 'Employees finished on a device, by result. Those found in step without a call are not among them.',
    labelNames: ['status'],
    registers,
  });
  const runs = new Counter({
    name: 'pontaj_runs_total',
    help: 'Runs that ended, by how.',
    labelNames: ['state'],
    registers,
  });
  const stops = new Counter({
    name: 'pontaj_device_stops_total',
    help: 'How often the work on a device was stopped, by why.',
    labelNames: ['code'],
    registers,
  });
  const up = new Gauge({
    name: 'pontaj_device_up',
    help: '0 since the work on the device was stopped, 1 since it was last well.',
    labelNames: ['dispozitiv_id'],
    registers,
  });
  const leasesLost = new Counter({
    name: 'pontaj_leases_lost_total',
    help: 'Devices that another daemon took over from this one.',
    registers,
  });
  const storeFailures = new Counter({
    name: 'pontaj_database_failures_total',
    help: 'Questions to the database that failed.',
    registers,
  });
  const laneFailures = new Counter({
    name: 'pontaj_lane_failures_total',
    help: 'Mistakes of the daemon that ended the work on a device.',
    registers,
  });
  const requests = new Counter({
    name: 'pontaj_http_requests_total',
    help: 'Requests to the API, by method and status.',
    labelNames: ['method', 'status'],
    registers,
  });

  events.on('call.finished', ({ operation, class: outcome, durationMs }) => {
    calls.observe({ operation, class: outcome }, durationMs / 1000);
  });
  events.on('pair.finished', ({ line }) => {
    pairs.inc({ status: line.status });
  });
  events.on('run.finished', ({ state }) => {
    runs.inc({ state });
  });
  events.on('device.stopped', ({ deviceId, code }) => {
    stops.inc({ code });
    up.set({ dispozitiv_id: deviceId }, 0);
  });
  events.on('device.recovered', ({ deviceId }) => {
    up.set({ dispozitiv_id: deviceId }, 1);
  });
  events.on('leg.finished', ({ deviceId, state }) => {
    if (state === 'ok' || state === 'partial') up.set({ dispozitiv_id: deviceId }, 1);
  });
  events.on('lease.lost', () => {
    leasesLost.inc();
  });
  events.on('store.failed', () => {
    storeFailures.inc();
  });
  events.on('lane.failed', () => {
    laneFailures.inc();
  });

  return {
    contentType: registry.contentType,
    read: () => registry.metrics(),
    countRequest: (method, status) => {
      requests.inc({ method, status: String(status) });
    },
  };
}
