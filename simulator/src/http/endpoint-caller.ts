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

/** One call of an endpoint, with what bends it. */
interface EndpointCall {
  endpoint: Endpoint;
  params: Readonly<Record<string, string>>;
  arrival: Arrival;
  body: Buffer;
  plan: ExchangePlan | null;
}

export type CallResult = IsapiAnswer | IsapiStream | 'power-lost';

/** Runs endpoints, one write at a time: a second one while the first is under way finds the terminal busy. */
export class EndpointCaller {
  readonly #deps: EndpointCallerDeps;
  #writing = false;

  constructor(deps: EndpointCallerDeps) {
    this.#deps = deps;
  }

  /**
   * Never throws or rejects, and is no promise where nothing is waited for. `power-lost`: the terminal went off
   * meanwhile, nobody answers any more.
   */
  call(call: EndpointCall): CallResult | Promise<CallResult> {
    const { endpoint, arrival } = call;
    // An administrator's call, such as a reboot, does not wait for writes.
    const writes = neededRight(endpoint) === 'write';
    if (writes && this.#writing && !this.#answersItself(endpoint))
      return statusFor(arrival.target, this.#deps.terminal.traits, 'deviceBusy');
    const owns = writes && !this.#writing;
    if (owns) this.#writing = true;
    const result = this.#begin(call);
    if (result instanceof Promise)
      return owns
        ? result.finally(() => {
            this.#writing = false;
          })
        : result;
    if (owns) this.#writing = false;
    return result;
  }

  #begin(call: EndpointCall): CallResult | Promise<CallResult> {
    const { terminal, clock } = this.#deps;
    const { answerMs } = terminal.traits;
    if (answerMs === 0) return this.#carryOut(call);
    return clock.sleep(answerMs, call.arrival.signal).then(() => this.#carryOut(call));
  }

  #carryOut({ endpoint, params, arrival, body, plan }: EndpointCall): CallResult | Promise<CallResult> {
    const { signal } = arrival;
    if (signal.aborted) return 'power-lost';
    const defect = (error: unknown): CallResult => {
      this.#deps.onDefect(error);
      return statusFor(arrival.target, this.#deps.terminal.traits, 'deviceError', { status: 500 });
    };
    try {
      const result = endpoint.handle(requestOf(arrival, body), this.#context(plan, signal), params);
      if (!(result instanceof Promise)) return result;
      return result.then((answer) => (signal.aborted ? 'power-lost' : answer), defect);
    } catch (error) {
      return defect(error);
    }
  }

  /** While a picture is modelled, calls about faces have answers of their own: faceDataModeling, or which field is at fault. */
  #answersItself(endpoint: Endpoint): boolean {
    const isAboutFaces = endpoint.name.startsWith('face-') || endpoint.name === 'capture-face';
    return this.#deps.terminal.hold.occupation === 'modelling' && isAboutFaces;
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
