import type { Traits } from '../profiles/traits.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { xmlStatus } from './answers.ts';
import type { Endpoint, EndpointContext, IsapiAnswer, IsapiRequest } from './endpoint.ts';
import { answerRefusals } from './refusal.ts';

/** A call that speaks XML, whatever `format` says. */
export interface XmlCall {
  request: IsapiRequest;
  context: EndpointContext;
  terminal: Terminal;
  traits: Traits;
  params: Readonly<Record<string, string>>;
}

/** The `handle` of an XML endpoint: answers a thrown `Refusal` with its ResponseStatus. */
export function xmlCall(
  handle: (call: XmlCall) => IsapiAnswer | Promise<IsapiAnswer>,
): (...args: Parameters<Endpoint['handle']>) => IsapiAnswer | Promise<IsapiAnswer> {
  return (request, context, params) => {
    const { terminal } = context;
    const { traits } = terminal;
    return answerRefusals(
      () => handle({ request, context, terminal, traits, params }),
      ({ subStatusCode, errorMsg }) =>
        xmlStatus(traits, subStatusCode, errorMsg === undefined ? {} : { errorMsg }),
    );
  };
}
