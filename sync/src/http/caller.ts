import type { Request, RequestHandler } from 'express';
import { Problem } from './problem.ts';
import type { Caller, VerifyToken } from './token.ts';

const callers = new WeakMap<Request, Caller>();

/** Lets a request pass only with a good token; `callerOf` then says whose. */
export const requireToken =
  (verify: VerifyToken): RequestHandler =>
  async (request, _response, next) => {
    callers.set(request, await verify(request.headers.authorization));
    next();
  };

export function callerOf(request: Request): Caller {
  const caller = callers.get(request);
  if (caller === undefined) throw new Error('callerOf is for routes behind requireToken');
  return caller;
}

/** Lets a request pass only when its caller has one of the roles. */
export const requireRole =
  (allowed: readonly string[], claim: string): RequestHandler =>
  (request, _response, next) => {
    if (!callerOf(request).roles.some((role) => allowed.includes(role)))
      throw new Problem(
        'role_not_allowed',
        `Your token has none of the roles that may do this. The daemon looks for them in the claim ${claim} ` +
          '(JWT_ROLE_CLAIM, SYNC_ROLES); an administrator can give you one.',
      );
    next();
  };
