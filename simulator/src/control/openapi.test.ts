import { expect, test } from 'vitest';
import { openApiDocument } from './openapi.ts';
import { operations } from './operations/index.ts';

interface Document {
  paths: Record<
    string,
    Record<
      string,
      {
        operationId: string;
        parameters?: { name: string; in: string }[];
        requestBody?: unknown;
        responses: object;
      }
    >
  >;
}

const document = openApiDocument() as unknown as Document;

test('describes every operation, once, under a name of its own', () => {
  const ids = Object.values(document.paths).flatMap((verbs) =>
    Object.values(verbs).map(({ operationId }) => operationId),
  );
  expect(ids).toEqual(expect.arrayContaining(operations.map(({ id }) => id)));
  expect(new Set(ids).size).toBe(ids.length);
});

test('names every parameter of a path', () => {
  for (const [path, verbs] of Object.entries(document.paths))
    for (const [, name] of path.matchAll(/\{(\w+)\}/g))
      for (const verb of Object.values(verbs))
        expect(verb.parameters, path).toContainEqual(expect.objectContaining({ name, in: 'path' }));
});

test('shows the filters of the journal and the body of a power change', () => {
  const journal = document.paths['/api/devices/{id}/requests']?.get;
  expect(journal?.parameters?.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['endpoint', 'employeeNo', 'status', 'after', 'limit']),
  );
  expect(JSON.stringify(document.paths['/api/devices/{id}/power']?.post?.requestBody)).toContain('"reboot"');
});
