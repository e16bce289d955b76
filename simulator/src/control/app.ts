import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { Fleet } from '../fleet-types.ts';
import { similarWord } from '../similar-word.ts';
import { LiveFeed } from './live-feed.ts';
import { openApiDocument } from './openapi.ts';
import { checked, type Operation } from './operation.ts';
import { operations } from './operations/index.ts';
import { page, PAGE_POLICY } from './page/page.ts';
import { Problem } from './problem.ts';
import { toProblem } from './to-problem.ts';

const MAX_BODY_BYTES = 1024 * 1024;

export interface ControlApp {
  app: Express;
  /** Ends the open live feeds, so that the server can close. */
  stop(): void;
}

export interface ControlOptions {
  fleet: Fleet;
  /** Hears what went wrong inside; the client is told only that something did. */
  onDefect?: (error: unknown) => void;
}

/** `{id}` and `{rest+}` in Express' own words. */
function expressPath(path: string): string {
  return path.replace(/\{(\w+)\+\}/g, '*$1').replace(/\{(\w+)\}/g, ':$1');
}

function paramsOf(request: Request): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.params as Record<string, string | string[]>).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join('/') : value,
    ]),
  );
}

function bodyOf(request: Request): unknown {
  if (request.body !== undefined) return request.body as unknown;
  const type = request.headers['content-type'];
  if (type === undefined || request.headers['content-length'] === '0')
    throw new Problem('bad_json', 'The body is empty; send JSON with Content-Type: application/json.');
  throw new Problem('not_json', `The body is "${type}"; send JSON with Content-Type: application/json.`);
}

function handlerOf(operation: Operation, fleet: Fleet) {
  return async (request: Request, response: Response): Promise<void> => {
    const gone = new AbortController();
    response.on('close', () => {
      gone.abort();
    });
    const reply = await operation.run({
      fleet,
      params: paramsOf(request),
      query: operation.query ? checked(operation.query, request.query, 'query') : {},
      body: operation.body ? checked(operation.body, bodyOf(request), 'body') : undefined,
      signal: gone.signal,
    });
    if (gone.signal.aborted) return;
    response.status(reply.status);
    if (reply.body === undefined) response.end();
    else response.json(reply.body);
  };
}

function unknownPath(request: Request): Problem {
  const known = [...operations.map(({ path }) => path), '/api/events', '/openapi.json'];
  const meant = similarWord(request.path, known);
  return new Problem(
    'unknown_path',
    `There is no ${request.method} ${request.path}${meant ? `; did you mean ${meant}?` : '.'} /openapi.json lists everything.`,
  );
}

/** Builds the control API without listening. */
export function controlApp({ fleet, onDefect }: ControlOptions): ControlApp {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  const feed = new LiveFeed(fleet);
  app.get('/', (_request, response) => {
    response.set('Content-Security-Policy', PAGE_POLICY).type('html').send(page);
  });
  app.get('/openapi.json', (_request, response) => {
    response.json(openApiDocument());
  });
  app.get('/api/events', (request, response) => {
    feed.open(request, response);
  });
  const verbs = new Map<string, string[]>();
  for (const operation of operations) {
    const path = expressPath(operation.path);
    verbs.set(path, [...(verbs.get(path) ?? []), operation.method.toUpperCase()]);
    const readBody = express.json({ limit: operation.maxBodyBytes ?? MAX_BODY_BYTES, strict: false });
    app[operation.method](path, ...(operation.body ? [readBody] : []), handlerOf(operation, fleet));
  }
  for (const [path, methods] of verbs)
    app.all(path, (request, response) => {
      response.set('Allow', methods.join(', '));
      throw new Problem(
        'wrong_method',
        `${request.path} takes ${methods.join(', ')}, not ${request.method}.`,
      );
    });
  app.use((request) => {
    throw unknownPath(request);
  });
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    const problem = toProblem(error);
    if (problem.code === 'internal') onDefect?.(error);
    if (response.headersSent) response.destroy();
    else
      response
        .status(problem.status)
        .type('application/problem+json')
        .send(JSON.stringify(problem.document()));
  });
  return {
    app,
    stop: () => {
      feed.stop();
    },
  };
}
