import type { OpenApiDocument } from './openapi.ts';

const escape = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

interface Operation {
  summary: string;
  security?: unknown;
  requestBody?: { content: Record<string, { schema: { properties?: object; required?: string[] } }> };
  responses: Record<string, { description: string }>;
}

function fieldsOf(operation: Operation): string {
  const schema = operation.requestBody?.content['application/json']?.schema;
  const names = Object.keys(schema?.properties ?? {});
  if (names.length === 0) return '';
  const fields = names.map(
    (name) => `<code>${escape(name)}</code>${schema?.required?.includes(name) ? '' : ' (optional)'}`,
  );
  return `<p>Body: ${fields.join(', ')}</p>`;
}

function section(method: string, path: string, operation: Operation): string {
  const rows = Object.entries(operation.responses).map(
    ([status, { description }]) => `<tr><td>${escape(status)}</td><td>${escape(description)}</td></tr>`,
  );
  return `<h2><code>${method.toUpperCase()} ${escape(path)}</code></h2>
<p>${escape(operation.summary)}${operation.security === undefined ? '' : '. Needs a token.'}</p>${fieldsOf(operation)}
<table>${rows.join('')}</table>`;
}

/** The API as one plain page: no script, nothing loaded from elsewhere. */
export function docsPage(document: OpenApiDocument): string {
  const sections = Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(
    ([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => section(method, path, operation)),
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escape(document.info.title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h2{margin-top:2rem;font-size:1.05rem}table{border-collapse:collapse}td{border-top:1px solid #ccc;padding:.2rem .8rem .2rem 0;vertical-align:top}</style>
</head><body><h1>${escape(document.info.title)}</h1><p>${escape(document.info.description)}
The same for programs: <a href="/openapi.json">/openapi.json</a>.</p>
${sections.join('\n')}
</body></html>`;
}
