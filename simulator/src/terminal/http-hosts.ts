/** What a slot wants to hear about; the four lists name minors by major. */
export interface EventSubscription {
  /** Seconds between heartbeats; kept and given back. */
  heartbeat: number;
  eventMode: 'all' | 'list';
  minorAlarm: number[];
  minorException: number[];
  minorOperation: number[];
  minorEvent: number[];
}

/** One listener the device pushes its events to. */
export interface HttpHost {
  id: number;
  url: string;
  protocolType: 'HTTP' | 'HTTPS' | 'EHome';
  parameterFormatType: 'XML' | 'JSON';
  addressingFormatType: 'ipaddress' | 'hostname';
  /** IP address or host name, as `addressingFormatType` says. */
  address: string;
  portNo: number;
  httpAuthenticationMethod: 'none' | 'MD5digest' | 'basic';
  /** The device waits for HTTP 200 and pushes again otherwise [vendor guide]. */
  checkResponseEnabled: boolean;
  subscription: EventSubscription | null;
}

export type HttpHostsWrites = 'kept' | 'list-loses-address' | 'url-not-kept';

const NO_ADDRESS = '0.0.0.0';

/** The push slots of a terminal, and what becomes of a write on this model. */
export class HttpHosts {
  #slots: number;
  #writes: HttpHostsWrites;
  #hosts: HttpHost[] | null = null;

  constructor(deps: { traits: { httpHostSlots: number; httpHostsWrites: HttpHostsWrites } }) {
    this.#slots = deps.traits.httpHostSlots;
    this.#writes = deps.traits.httpHostsWrites;
  }

  get slots(): number {
    return this.#slots;
  }

  /** What GET shows, in the order of slots. */
  list(): readonly HttpHost[] {
    return this.#hosts ?? Array.from({ length: this.#slots }, (_, index) => emptyHost(index + 1));
  }

  get(id: number): HttpHost | undefined {
    return this.list()[id - 1];
  }

  /**
   * Writes one slot. [K1A340, observed] the write is accepted and the url is not kept.
   * False when there is no such slot.
   */
  set(host: HttpHost): boolean {
    if (!this.get(host.id)) return false;
    const stored = this.#writes === 'url-not-kept' ? { ...host, url: '' } : host;
    this.#hosts = this.list().map((known) => (known.id === host.id ? stored : known));
    return true;
  }

  /** Writes the whole list. [K1T341CMFW, observed] it reports success and drops the address. */
  setList(hosts: readonly HttpHost[]): boolean {
    if (hosts.some((host) => !this.get(host.id))) return false;
    for (const host of hosts)
      this.set(this.#writes === 'list-loses-address' ? { ...host, address: NO_ADDRESS, portNo: 0 } : host);
    return true;
  }

  clearSlot(id: number): boolean {
    return this.set(emptyHost(id));
  }

  /** Slots that something can be pushed to. [K1A340, observed] no push ever left it. */
  listening(): HttpHost[] {
    if (!this.#hosts || this.#writes === 'url-not-kept') return [];
    return this.#hosts.filter(
      (host) =>
        host.protocolType !== 'EHome' &&
        host.address !== '' &&
        host.address !== NO_ADDRESS &&
        host.portNo > 0,
    );
  }

  snapshot(): HttpHost[] | null {
    return this.#hosts;
  }

  restore(hosts: HttpHost[] | null): void {
    this.#hosts = hosts;
  }

  clear(): void {
    this.#hosts = null;
  }
}

/** Whether a slot hears of an event. Without a subscription it hears of everything. */
export function hostHears(
  host: HttpHost,
  event: { major: number; minor: number },
  writes: HttpHostsWrites,
): boolean {
  const wanted = host.subscription;
  if (!wanted) return true;
  if (wanted.eventMode === 'all') {
    // [K1T341CMFW, observed] with `all` and no list only status events are pushed: no access event.
    return writes !== 'list-loses-address' || event.major !== 5;
  }
  const lists: Record<number, number[] | undefined> = {
    1: wanted.minorAlarm,
    2: wanted.minorException,
    3: wanted.minorOperation,
    5: wanted.minorEvent,
  };
  return lists[event.major]?.includes(event.minor) ?? false;
}

function emptyHost(id: number): HttpHost {
  return {
    id,
    url: '',
    protocolType: 'HTTP',
    parameterFormatType: 'XML',
    addressingFormatType: 'ipaddress',
    address: NO_ADDRESS,
    portNo: 0,
    httpAuthenticationMethod: 'none',
    checkResponseEnabled: false,
    subscription: null,
  };
}
