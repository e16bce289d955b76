import type { Clock } from '../clock.ts';
import type { ExchangePlan } from '../faults/exchange-plan.ts';
import { statusFor } from '../isapi/answers.ts';
import type {
  DownloadResult,
  Endpoint,
  EndpointContext,
  IsapiAnswer,
  IsapiRequest,
  IsapiStream,
} from '../isapi/endpoint.ts';
import type { Random } from '../random.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Arrival } from './arrival.ts';
import { conditionsOf } from './bend-answer.ts';

export interface EndpointCallerDeps {
  terminal: Terminal;
  clock: Clock;
  random: Random;
  download: (url: string) => Promise<DownloadResult>;
  /** An endpoint threw: a mistake of the simulator, not of the client. */
  onDefect: (error: unknown) => void;
}

/** Runs endpoints, one write at a time: a second one while the first is under way finds the terminal busy. */
export class EndpointCaller {
  readonly #deps: EndpointCallerDeps;
  #writing = false;

  constructor(deps: EndpointCallerDeps) {
    this.#deps = deps;
  }

  /** Never rejects. `power-lost`: the terminal went off meanwhile, nobody answers any more. */
  async call(
    endpoint: Endpoint,
    params: Readonly<Record<string, string>>,
    arrival: Arrival,
    body: Buffer,
    plan: ExchangePlan | null,
  ): Promise<IsapiAnswer | IsapiStream | 'power-lost'> {
    const { terminal, clock } = this.#deps;
    const { target, signal } = arrival;
    // An administrator's call, such as a reboot, does not wait for writes.
    const writes = neededRight(endpoint) === 'write';
    if (writes && this.#writing && !this.#answersItself(endpoint))
      return statusFor(target, terminal.traits, 'deviceBusy');
    const owns = writes && !this.#writing;
    if (owns) this.#writing = true;
    try {
      if (terminal.traits.answerMs > 0) await clock.sleep(terminal.traits.answerMs, signal);
      if (wasCut(signal)) return 'power-lost';
      const result = endpoint.handle(requestOf(arrival, body), this.#context(plan, signal), params);
      const answer = result instanceof Promise ? await result : result;
      return wasCut(signal) ? 'power-lost' : answer;
    } catch (error) {
      this.#deps.onDefect(error);
      return statusFor(target, terminal.traits, 'deviceError', { status: 500 });
    } finally {
      if (owns) this.#writing = false;
    }
  }

  /** While a picture is modelled, calls about faces have an answer of their own: faceDataModeling. */
  #answersItself(endpoint: Endpoint): boolean {
    return this.#deps.terminal.hold.occupation === 'modelling' && endpoint.name.startsWith('face-');
  }

  #context(plan: ExchangePlan | null, signal: AbortSignal): EndpointContext {
    const { terminal, clock, random, download } = this.#deps;
    const context: EndpointContext = { terminal, clock, random, download, signal };
    if (plan) context.conditions = conditionsOf(plan.terminal);
    return context;
  }
}

/** What a user needs beyond a login. */
export function neededRight(endpoint: Endpoint): 'read' | 'write' | 'admin' {
  return endpoint.privilege ?? (endpoint.method === 'GET' ? 'read' : 'write');
}

/** A function, because the compiler takes a signal that was not aborted for one that never will be. */
function wasCut(signal: AbortSignal): boolean {
  return signal.aborted;
}

function requestOf({ head, target, account }: Arrival, body: Buffer): IsapiRequest {
  return {
    method: head.method,
    path: target.path,
    query: target.query,
    headers: head.headers,
    body,
    userName: account?.username ?? null,
    remoteAddress: head.remoteAddress,
    origin: head.origin,
  };
}
