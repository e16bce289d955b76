import type { RequestHandler } from 'express';
import { openApi } from './openapi.ts';
import { Problem } from './problem.ts';

const routes = Object.entries(openApi().paths).map(([path, operations]) => ({
  pattern: new RegExp(`^${path.replace('{id}', '[^/]+').replaceAll('.', '\\.')}/?$`),
  methods: Object.keys(operations).map((method) => method.toUpperCase()),
}));

/** The address exists, the method does not. */
export const noSuchMethod: RequestHandler = (request, _response, next) => {
  const route = routes.find(({ pattern }) => pattern.test(request.path));
  if (route === undefined) {
    next();
    return;
  }
  const allow = route.methods.join(', ');
  throw new Problem('method_not_allowed', `${request.path} takes ${allow}, not ${request.method}.`, {
    headers: { Allow: allow },
  });
};

export const noSuchRoute: RequestHandler = (request) => {
  throw new Problem(
    'route_not_found',
    `Nothing answers at ${request.path.slice(0, 200)}. GET /docs lists every address.`,
  );
};
