import { z } from 'zod';
import { operations } from './operations/index.ts';
import type { Operation } from './operation.ts';
import { problemDocument } from './schemas.ts';

type Json = Record<string, unknown>;

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}

function pathParameters(path: string): Json[] {
  return Array.from(path.matchAll(/\{(\w+)\+?\}/g), ([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters(query: z.ZodType | undefined): Json[] {
  if (!query) return [];
  const { properties = {} } = jsonSchema(query, 'input') as { properties?: Record<string, Json> };
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: false, schema }));
}

function describe(operation: Operation): Json {
  const { answer, body } = operation;
  const content = answer.schema && {
    content: { 'application/json': { schema: jsonSchema(answer.schema, 'output') } },
  };
  return {
    operationId: operation.id,
    summary: operation.summary,
    parameters: [...pathParameters(operation.path), ...queryParameters(operation.query)],
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(body, 'input') } } },
    }),
    responses: {
      [answer.status]: { description: answer.description, ...content },
      default: {
        description: 'A problem (RFC 9457) with a stable code; its detail says what to do',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

/** The control API as an OpenAPI 3.1 document, made from the operations themselves. */
export function openApiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    const path = operation.path.replace('+}', '}');
    paths[path] = { ...paths[path], [operation.method]: describe(operation) };
  }
  paths['/api/events'] = {
    get: {
      operationId: 'watch',
      summary: 'Live feed: server-sent events `request`, `device` and `access`, each with JSON data',
      parameters: [
        {
          name: 'device',
          in: 'query',
          required: false,
          description: 'Only this device',
          schema: { type: 'string' },
        },
      ],
      responses: {
        200: { description: 'Events', content: { 'text/event-stream': { schema: { type: 'string' } } } },
      },
    },
  };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Terminal simulator: control API',
      version: '0.1.0',
      description: 'Drives simulated face terminals: devices, faults, journal, power, people at the door.',
    },
    paths,
    components: { schemas: { Problem: jsonSchema(problemDocument, 'output') } },
  };
}
