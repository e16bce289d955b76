import type { EngineEvents } from '../engine/events.ts';
import type { RunScope } from '../model/run.ts';

/** Subscribing to the engine's events, as far as the API does. */
export interface EventSource {
  on<Name extends keyof EngineEvents>(name: Name, listener: (event: EngineEvents[Name]) => void): unknown;
  off<Name extends keyof EngineEvents>(name: Name, listener: (event: EngineEvents[Name]) => void): unknown;
}

/** The engine, as far as the API needs it. */
export interface EnginePort {
  /** `created` is false when the same scope is queued or running already: the id is that run's. */
  submit(scope: RunScope, requestedBy: string): Promise<{ runId: string; created: boolean }>;
  /** Resolves when the run is over, whichever daemon worked on it; rejects when the signal aborts. */
  whenFinished(runId: string, signal: AbortSignal): Promise<unknown>;
  cancel(runId: string): Promise<unknown>;
  events: EventSource;
}
