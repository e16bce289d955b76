import { createParser } from 'eventsource-parser';

/** One server-sent event of a run. */
export interface RunEvent {
  event: string;
  data: Record<string, unknown>;
}

/** The events of a run as they come, until the daemon ends the stream. */
export async function* runEvents(url: string, token: string): AsyncGenerator<RunEvent> {
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
  });
  if (!response.ok || !response.body)
    throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  const waiting: RunEvent[] = [];
  const parser = createParser({
    onEvent: ({ event, data }) =>
      waiting.push({ event: event ?? 'message', data: JSON.parse(data) as RunEvent['data'] }),
  });
  const decoder = new TextDecoder();
  for await (const chunk of response.body) {
    parser.feed(decoder.decode(chunk as Uint8Array, { stream: true }));
    yield* waiting.splice(0);
  }
}
