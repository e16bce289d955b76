import { z } from 'zod';
import { answers, type AnswerName } from './answer-schemas.ts';
import { problemCodes, statusOf } from './problem.ts';
import { API } from './sync-routes.ts';
import { syncRequests } from './sync-requests.ts';

const VERSION = '0.1.0';

const reference = (name: AnswerName) => ({ $ref: `#/components/schemas/${name}` });
const answer = (description: string, name: AnswerName, type = 'application/json') => ({
  description,
  content: { [type]: { schema: reference(name) } },
});
const problems = (...statuses: number[]) =>
  Object.fromEntries(
    statuses.map((status) => [
      String(status),
      answer(
        problemCodes.filter((code) => statusOf(code) === status).join(', '),
        'Problem',
        'application/problem+json',
      ),
    ]),
  );

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
};

const protectedBy = { security: [{ supabaseToken: [] }] };
const runId = {
  parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
};

const syncPaths = () =>
  Object.fromEntries(
    syncRequests.map(({ kind, body, summary }) => [
      `${API}/${kind}`,
      {
        post: {
          operationId: kind,
          summary,
          ...protectedBy,
          parameters: [
            {
              name: 'Prefer',
              in: 'header',
              description: 'respond-async: answer 202 at once instead of when the run is over.',
              schema: { type: 'string' },
            },
          ],
          requestBody: { content: { 'application/json': { schema: jsonSchema(body, 'input') } } },
          responses: {
            200: answer('The run is over, perhaps well only in part', 'SyncResult'),
            202: answer('The run is queued; its address is in Location', 'Accepted'),
            502: answer('The run failed on every device', 'SyncResult'),
            ...problems(400, 401, 403, 404, 409, 413, 415, 422, 500, 503),
          },
        },
      },
    ]),
  );

const runPaths = () => ({
  [`${API}/runs`]: {
    get: {
      operationId: 'list-runs',
      summary: 'Runs, newest first',
      ...protectedBy,
      parameters: [
        { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 } },
        { name: 'before', in: 'query', description: 'next of the page before', schema: { type: 'string' } },
      ],
      responses: { 200: answer('A page of runs', 'RunList'), ...problems(401, 422, 500, 503) },
    },
  },
  [`${API}/runs/{id}`]: {
    get: {
      operationId: 'get-run',
      summary: 'One run with all its results',
      ...protectedBy,
      ...runId,
      responses: { 200: answer('The run', 'Run'), ...problems(401, 404, 500, 503) },
    },
  },
  [`${API}/runs/{id}/events`]: {
    get: {
      operationId: 'watch-run',
      summary: 'Progress as server-sent events: progress …, finished',
      ...protectedBy,
      ...runId,
      responses: {
        200: { description: 'Events', content: { 'text/event-stream': { schema: { type: 'string' } } } },
        ...problems(401, 404, 500, 503),
      },
    },
  },
  [`${API}/runs/{id}/cancel`]: {
    post: {
      operationId: 'cancel-run',
      summary: 'Stop a run after the calls in flight',
      ...protectedBy,
      ...runId,
      responses: {
        202: answer('The run is being stopped', 'Accepted'),
        ...problems(401, 403, 404, 409, 500, 503),
      },
    },
  },
});

const plain = (operationId: string, summary: string, type: string) => ({
  get: {
    operationId,
    summary,
    responses: { 200: { description: summary, content: { [type]: { schema: { type: 'string' } } } } },
  },
});

const operationPaths = () => ({
  '/healthz': plain('healthz', 'The process is alive', 'application/json'),
  '/readyz': {
    get: {
      ...plain('readyz', 'The database answers', 'application/json').get,
      responses: {
        200: { description: 'Ready' },
        ...problems(500, 503),
      },
    },
  },
  '/metrics': plain('metrics', 'Figures for Prometheus', 'text/plain'),
  '/openapi.json': plain('openapi', 'This document', 'application/json'),
  '/docs': plain('docs', 'This document as a page', 'text/html'),
});

/** The API as an OpenAPI 3.1 document, made from the schemas that requests are checked with. */
export function openApi() {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Pontaj sync daemon',
      version: VERSION,
      description: 'Brings face terminals in step with the employees in Supabase.',
    },
    paths: { ...syncPaths(), ...runPaths(), ...operationPaths() },
    components: {
      securitySchemes: { supabaseToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: Object.fromEntries(
        Object.entries(answers).map(([name, schema]) => [name, jsonSchema(schema, 'output')]),
      ),
    },
  };
}

export type OpenApiDocument = ReturnType<typeof openApi>;
