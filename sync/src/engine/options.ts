import { defaultPersonTemplate, type PersonTemplate } from '../model/person-template.ts';

export interface EngineOptions {
  /** Between the end of one call to a device and the start of the next. */
  pauseMs: number;
  callTimeoutMs: number;
  /** How long a device stays with this daemon without renewal. */
  leaseTtlMs: number;
  /** How often an idle engine asks the database for work, cancellations and runs ended elsewhere. */
  pollMs: number;
  /** Devices driven at the same time by this daemon. */
  maxLanes: number;
  fatalScope: 'device' | 'run';
  updateExisting: boolean;
  faceDelivery: 'url' | 'upload' | 'auto';
  adoptFaces: 'replace' | 'trust';
  adoptPersons: 'any' | 'same-name';
  leavers: 'disable' | 'delete' | 'ignore';
  validity: PersonTemplate;
  /** First wait before a busy device or a failed modelling is tried again; doubled each time, spread by chance. */
  retryBaseMs: number;
  /** How often after the first try. */
  maxRetries: number;
}

export const defaultEngineOptions: EngineOptions = {
  pauseMs: 1000,
  callTimeoutMs: 12_000,
  leaseTtlMs: 30_000,
  pollMs: 2000,
  maxLanes: 1000,
  fatalScope: 'device',
  updateExisting: true,
  faceDelivery: 'auto',
  adoptFaces: 'replace',
  adoptPersons: 'any',
  leavers: 'disable',
  validity: defaultPersonTemplate,
  retryBaseMs: 2000,
  maxRetries: 3,
};

/** A call that hangs although its time is over is given up this much later: a stuck socket must not hold a lane. */
export const hangGuardMs = (options: Pick<EngineOptions, 'callTimeoutMs'>): number =>
  options.callTimeoutMs / 10;

/**
 * How long a lease must still be valid when a call starts: until the call is certainly over, and the pause after it.
 * So whoever takes the device after an expired lease need not know when the last call was.
 */
export const leaseNeedMs = (options: EngineOptions): number =>
  options.callTimeoutMs + hangGuardMs(options) + options.pauseMs;

/** Leases are renewed when a third of their life is over: two renewals may fail before a lane has to wait. */
export const renewEveryMs = (options: EngineOptions): number => options.leaseTtlMs / 3;

/** @throws RangeError when the times do not go together: no call could ever start. */
export function checkOptions(options: EngineOptions): EngineOptions {
  const available = options.leaseTtlMs - renewEveryMs(options);
  if (leaseNeedMs(options) > available)
    throw new RangeError(
      `A lease of ${options.leaseTtlMs} ms is too short for calls of up to ${options.callTimeoutMs} ms with pauses of ` +
        `${options.pauseMs} ms: no call could be made under it. Set the lease to ${Math.ceil(leaseNeedMs(options) * 1.5)} ms or more.`,
    );
  return options;
}
