import type { DeviceTime } from './device-time.ts';
import { eventFits } from './event-record.ts';
import type { AccessEvent, EventCondition, NewEvent } from './event-record.ts';

export interface EventLogSnapshot {
  nextSerialNo: number;
  events: AccessEvent[];
}

export type EventListener = (event: AccessEvent) => void;

/** The device's event log: a ring that forgets the oldest, and those who listen to new ones. */
export class EventLog {
  #maxEvents: number;
  #deviceTime: Pick<DeviceTime, 'nowMs' | 'local'>;
  #ring: AccessEvent[] = [];
  /** Place of the oldest once the ring is full. */
  #oldest = 0;
  #nextSerialNo = 1;
  #listeners: Set<EventListener> | null = null;

  constructor(deps: { traits: { maxEvents: number }; deviceTime: Pick<DeviceTime, 'nowMs' | 'local'> }) {
    this.#maxEvents = deps.traits.maxEvents;
    this.#deviceTime = deps.deviceTime;
  }

  get size(): number {
    return this.#ring.length;
  }

  get lastSerialNo(): number {
    return this.#nextSerialNo - 1;
  }

  /** Stores an event under the next number and tells everybody who listens. */
  append(event: NewEvent): AccessEvent {
    const timeMs = this.#deviceTime.nowMs();
    const stored: AccessEvent = {
      ...event,
      serialNo: this.#nextSerialNo,
      timeMs,
      time: this.#deviceTime.local(timeMs),
    };
    this.#nextSerialNo += 1;
    if (this.#ring.length < this.#maxEvents) this.#ring.push(stored);
    else if (this.#maxEvents > 0) {
      this.#ring[this.#oldest] = stored;
      this.#oldest = (this.#oldest + 1) % this.#maxEvents;
    }
    for (const listener of [...(this.#listeners ?? [])]) listener(stored);
    return stored;
  }

  /** Hears every event from now on. Returns the way to stop. A listener must not throw. */
  subscribe(listener: EventListener): () => void {
    this.#listeners ??= new Set();
    this.#listeners.add(listener);
    return () => this.#listeners?.delete(listener);
  }

  /** One page, oldest first unless `newestFirst`, and how many fit altogether. */
  search(
    condition: EventCondition,
    page: { position: number; limit: number; newestFirst?: boolean },
  ): { total: number; events: AccessEvent[] } {
    const found: AccessEvent[] = [];
    let total = 0;
    for (let index = 0; index < this.#ring.length; index += 1) {
      const event = this.#at(page.newestFirst === true ? this.#ring.length - 1 - index : index);
      if (!event || !eventFits(event, condition)) continue;
      if (total >= page.position && found.length < page.limit) found.push(event);
      total += 1;
    }
    return { total, events: found };
  }

  find(serialNo: number): AccessEvent | undefined {
    const oldest = this.#at(0);
    return oldest && this.#at(serialNo - oldest.serialNo);
  }

  /** The newest `limit` events, oldest of them first. */
  latest(limit: number): AccessEvent[] {
    const from = Math.max(0, this.#ring.length - limit);
    return Array.from({ length: this.#ring.length - from }, (_, index) => this.#at(from + index)).filter(
      (event) => event !== undefined,
    );
  }

  snapshot(): EventLogSnapshot {
    return { nextSerialNo: this.#nextSerialNo, events: this.latest(this.#ring.length) };
  }

  /** Listeners stay: whoever reads the stream goes on reading. */
  restore(snapshot: EventLogSnapshot): void {
    this.#ring = snapshot.events.slice(-this.#maxEvents);
    this.#oldest = 0;
    this.#nextSerialNo = snapshot.nextSerialNo;
  }

  /** Observed: serial numbers may begin anew after a factory reset. */
  clear(): void {
    this.restore({ nextSerialNo: 1, events: [] });
  }

  #at(index: number): AccessEvent | undefined {
    if (index < 0 || index >= this.#ring.length) return undefined;
    return this.#ring[(this.#oldest + index) % this.#ring.length];
  }
}
