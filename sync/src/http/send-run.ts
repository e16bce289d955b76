import type { Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Run } from '../model/run.ts';
import type { StorePort } from './store-port.ts';
import { deviceAnswer, legErrors, lineError, resultAnswer, runHeader, summaryAnswer } from './run-answer.ts';
import { PAGE_SIZE, readResults } from './run-results.ts';

/** The `errors` of an answer are for people; the results hold every one of them. */
const MAX_ERRORS = 1_000;

/**
 * The answer as JSON text in pieces. A run over 500 devices has a million results: they go out page by page and are
 * never in memory together. The first piece comes only after the first page could be read, so that a database that
 * does not answer can still be a 503.
 */
export async function* runAnswerChunks(
  store: StorePort,
  run: Run,
  withHeader: boolean,
): AsyncGenerator<string> {
  const errors = legErrors(run.legs).slice(0, MAX_ERRORS);
  const head = {
    run_id: run.runId,
    status: run.state,
    summary: summaryAnswer(run),
    ...(withHeader ? runHeader(run) : {}),
    devices: run.legs.map(deviceAnswer),
  };
  let piece = `${JSON.stringify(head).slice(0, -1)},"results":[`;
  let count = 0;
  for await (const line of readResults(store, run)) {
    const error = lineError(line);
    if (error !== null && errors.length < MAX_ERRORS) errors.push(error);
    piece += (count === 0 ? '' : ',') + JSON.stringify(resultAnswer(line));
    count += 1;
    if (count % PAGE_SIZE === 0) {
      yield piece;
      piece = '';
    }
  }
  yield `${piece}],"errors":${JSON.stringify(errors)}}`;
}

/** Sends a run with all its results. Once begun, a failure cuts the connection: half an answer must not look whole. */
export async function sendRun(
  response: Response,
  store: StorePort,
  run: Run,
  as: { status: number; withHeader: boolean },
): Promise<void> {
  const chunks = runAnswerChunks(store, run, as.withHeader);
  const first = await chunks.next();
  response.status(as.status).type('application/json');
  const all = async function* () {
    if (!first.done) yield first.value;
    yield* chunks;
  };
  await pipeline(Readable.from(all()), response);
}
