import type { Traits } from '../../profiles/traits.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { notFound, xmlStatus } from '../answers.ts';
import type { Endpoint, EndpointContext, IsapiAnswer, IsapiRequest, IsapiStream } from '../endpoint.ts';
import { Refusal } from '../refusal.ts';
import { readXml } from '../xml-fields.ts';
import { feedEvents } from './event-feed.ts';
import { BOUNDARY } from './multipart.ts';

/** Streams that are open now. They belong to the line, not to the device's memory: no snapshot holds them. */
const openStreams = new WeakMap<Terminal, number>();

/** The vendor's code, 403 as a camera and a door station send it, or no answer at all. */
function overLimit(traits: Traits): IsapiAnswer {
  if (traits.overMaxStreams === 'deployExceedMax') return xmlStatus(traits, 'deployExceedMax');
  const refusal = xmlStatus(traits, 'invalidOperation', { status: 403 });
  return traits.overMaxStreams === 'hang-up' ? { ...refusal, hangsUp: true } : refusal;
}

function openStream(request: IsapiRequest, { terminal, clock }: EndpointContext): IsapiAnswer | IsapiStream {
  const { traits } = terminal;
  if (traits.alertStream === 'not-found') return notFound(traits);
  const open = openStreams.get(terminal) ?? 0;
  if (open >= traits.maxStreams) return overLimit(traits);
  return {
    kind: 'stream',
    status: 200,
    contentType: `multipart/mixed; boundary=${BOUNDARY}`,
    headers: { 'MIME-Version': '1.0' },
    open: (write, signal) => {
      if (signal.aborted) return;
      openStreams.set(terminal, (openStreams.get(terminal) ?? 0) + 1);
      signal.addEventListener(
        'abort',
        () => {
          openStreams.set(terminal, (openStreams.get(terminal) ?? 1) - 1);
        },
        { once: true },
      );
      feedEvents({ terminal, clock, origin: request.origin, write, signal });
    },
  };
}

export const alertStreamEndpoints: Endpoint[] = [
  {
    name: 'alert-stream',
    method: 'GET',
    path: '/ISAPI/Event/notification/alertStream',
    handle: openStream,
  },
  {
    name: 'subscribe-event',
    method: 'POST',
    path: '/ISAPI/Event/notification/subscribeEvent',
    privilege: 'read',
    /** The body is checked for its form; every subscriber hears everything (assumed). */
    handle: (request, context) => {
      try {
        readXml(request.body, 'SubscribeEvent');
      } catch (error) {
        if (error instanceof Refusal) return xmlStatus(context.terminal.traits, error.subStatusCode);
        throw error;
      }
      return openStream(request, context);
    },
  },
];
