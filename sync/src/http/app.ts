import cors from 'cors';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { randomUUID } from 'node:crypto';
import type { AuthConfig } from '../config.ts';
import { requireRole, requireToken } from './caller.ts';
import { noSuchMethod, noSuchRoute } from './no-such-route.ts';
import { operationRoutes, type MetricsPort } from './operation-routes.ts';
import { problemOfError } from './problem-of-error.ts';
import { runRoutes } from './run-routes.ts';
import { API, syncRoutes, type ApiDeps } from './sync-routes.ts';
import { createTokenVerifier } from './token.ts';

/** A request carries a few ids. */
export const MAX_BODY_BYTES = 16_384;
const PREFLIGHT_S = 600;

/** One answered request, for log and metrics. `path` is without query. */
export interface Answered {
  requestId: string;
  method: string;
  path: string;
  status: number;
  durationMs: number;
  error: unknown;
}

export interface AppDeps extends ApiDeps {
  auth: AuthConfig;
  corsOrigins: string[];
  metrics: MetricsPort;
  onAnswered: (answered: Answered) => void;
}

const secureHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
  });
  next();
};

/** Gives the request its number and reports it once the answer is out, or the client gone. */
function reportAnswers(deps: AppDeps, errors: WeakMap<object, unknown>): RequestHandler {
  return (request, response, next) => {
    const startedMs = deps.clock.now();
    const requestId = randomUUID();
    const { method, path } = request;
    response.set('X-Request-Id', requestId);
    response.once('close', () => {
      const status = response.headersSent ? response.statusCode : 499;
      const durationMs = deps.clock.now() - startedMs;
      deps.onAnswered({ requestId, method, path, status, durationMs, error: errors.get(request) ?? null });
    });
    next();
  };
}

function sendProblem(errors: WeakMap<object, unknown>): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const problem = problemOfError(error);
    errors.set(request, problem.status >= 500 ? (problem.cause ?? error) : null);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response
      .status(problem.status)
      .set(problem.headers)
      .type('application/problem+json')
      .send(JSON.stringify(problem.toDocument()));
  };
}

/** The HTTP API of the daemon, built but not listening. */
export function createApp(deps: AppDeps): Express {
  const errors = new WeakMap<object, unknown>();
  const mayStart = requireRole(deps.auth.roles, deps.auth.roleClaim);
  const verify = createTokenVerifier(deps.auth, () => deps.clock.now());
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');

  app.use(reportAnswers(deps, errors), secureHeaders);
  app.use(operationRoutes(deps));
  app.use(
    API,
    cors({
      origin: deps.corsOrigins,
      methods: ['GET', 'POST'],
      allowedHeaders: ['Authorization', 'Content-Type', 'Prefer'],
      exposedHeaders: ['Location', 'Retry-After', 'X-Request-Id'],
      maxAge: PREFLIGHT_S,
    }),
    // A token is asked for before the body is read: strangers cannot make the daemon parse anything.
    requireToken(verify),
    // Whatever the Content-Type says: a body here can only be JSON.
    express.json({ limit: MAX_BODY_BYTES, type: () => true, strict: false }),
    syncRoutes(deps, mayStart),
    runRoutes(deps, mayStart),
  );
  app.use(noSuchMethod, noSuchRoute, sendProblem(errors));
  return app;
}
