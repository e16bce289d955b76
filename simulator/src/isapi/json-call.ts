import type { Traits } from '../profiles/traits.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { jsonStatus, wantsJson, xmlStatus } from './answers.ts';
import type { Endpoint, EndpointContext, IsapiAnswer, IsapiRequest } from './endpoint.ts';
import { answerRefusals } from './refusal.ts';

/** A call that speaks JSON, with what nearly every one of them needs at hand. */
export interface JsonCall {
  request: IsapiRequest;
  context: EndpointContext;
  terminal: Terminal;
  traits: Traits;
  params: Readonly<Record<string, string>>;
}

/**
 * The `handle` of a JSON endpoint: asks for `format=json` as the model does, and answers a thrown `Refusal` with its
 * ResponseStatus.
 */
export function jsonCall(
  handle: (call: JsonCall) => IsapiAnswer | Promise<IsapiAnswer>,
): (...args: Parameters<Endpoint['handle']>) => IsapiAnswer | Promise<IsapiAnswer> {
  return (request, context, params) => {
    const { terminal } = context;
    const { traits } = terminal;
    if (!wantsJson(request) && traits.withoutFormatJson === 'refuse')
      return xmlStatus(traits, request.method === 'GET' ? 'badXmlContent' : 'badXmlFormat');
    return answerRefusals(
      () => handle({ request, context, terminal, traits, params }),
      ({ subStatusCode, errorMsg, note }) => {
        const answer = jsonStatus(traits, subStatusCode, errorMsg === undefined ? {} : { errorMsg });
        return note === undefined ? answer : { ...answer, note };
      },
    );
  };
}
