import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { CallerError, isSmartwrightError } from '../../config/model/errors.js';
import type { Logger } from '../../config/model/logger.js';
import type { Admission } from './admission.js';
import { type Exchange, exchangeOf } from './exchange.js';
import { isOtherLoopback } from './origins.js';
import { sendErrorPage } from './pages/error-page.js';
import { sendProblem, tellable } from './problem.js';
import type { Route } from './route.js';

export interface ApplicationDependencies {
  readonly routes: readonly Route[];
  readonly admission: Admission;
  readonly log: Logger;
  readonly publicUrl: () => string;
}

/** The Express application: the routes, each behind its admission, and an answer for what is none of them. */
export function createApplication({ routes, admission, log, publicUrl }: ApplicationDependencies): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple').set('case sensitive routing', true);
  for (const route of routes) app[route.verb](expressPath(route.path), serve(route, admission));
  for (const [path, verbs] of verbsByPath(routes)) app.all(expressPath(path), refuseVerb(path, verbs));
  app.use((request: Request) => {
    throw new CallerError(
      'NOT_FOUND',
      `There is nothing at ${request.path.slice(0, 200)}. /openapi.json describes what there is.`,
    );
  });
  app.use((error: unknown, request: Request, _response: Response, _next: NextFunction) => {
    const exchange = exchangeOf(request);
    sendProblem(exchange, tellable(error, exchange, log));
  });
  return app;

  function serve(route: Route, admission: Admission): RequestHandler {
    const handle = async (request: Request, response: Response, exchange: Exchange): Promise<void> => {
      exchange.route = route.path;
      if (route.access === 'anyone' || route.access === 'optional') {
        await route.handle(request, response, await admission.admit(exchange, route.access), exchange);
      } else {
        await route.handle(request, response, await admission.admit(exchange, route.access), exchange);
      }
    };
    if (route.operation !== undefined) return (request, response) => handle(request, response, exchangeOf(request));
    return async (request, response) => {
      const exchange = exchangeOf(request);
      if (sentToPublicUrl(request, response, publicUrl())) return;
      try {
        await handle(request, response, exchange);
      } catch (error) {
        if (sentToSignIn(error, route, request, response)) return;
        sendErrorPage(exchange, tellable(error, exchange, log));
      }
    };
  }
}

/**
 * A session's cookie belongs to one host name. On loopback a person may have typed another of its names than the one that
 * providers redirect back to; the page is then opened under that one.
 */
function sentToPublicUrl(request: Request, response: Response, publicUrl: string): boolean {
  if (request.method !== 'GET' || !isOtherLoopback(request.headers.host ?? '', publicUrl)) return false;
  response.redirect(307, publicUrl + request.originalUrl);
  return true;
}

/** A person who opens a page without a session signs in first, and comes back to it. */
function sentToSignIn(error: unknown, route: Route, request: Request, response: Response): boolean {
  if (route.access !== 'session' || request.method !== 'GET') return false;
  if (!isSmartwrightError(error) || error.code !== 'AUTHENTICATION_REQUIRED') return false;
  response.redirect(
    303,
    request.originalUrl === '/console' ? '/sign-in' : `/sign-in?${new URLSearchParams({ next: request.originalUrl })}`,
  );
  return true;
}

/** `/api/users/{name}` → `/api/users/:name`. */
const expressPath = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1');

function verbsByPath(routes: readonly Route[]): Map<string, string[]> {
  const verbs = new Map<string, string[]>();
  for (const { path, verb } of routes) {
    const known = verbs.get(path) ?? [];
    verbs.set(path, verb === 'get' ? [...known, 'GET', 'HEAD'] : [...known, verb.toUpperCase()]);
  }
  return verbs;
}

function refuseVerb(path: string, verbs: readonly string[]): RequestHandler {
  return (request, response) => {
    exchangeOf(request).route = path;
    if (request.method === 'OPTIONS') {
      response.setHeader('allow', [...verbs, 'OPTIONS'].join(', '));
      response.status(204).end();
      return;
    }
    throw new CallerError('METHOD_NOT_ALLOWED', `${request.method} is not possible here; ${verbs.join(', ')} is.`, {
      extensions: { allow: verbs },
    });
  };
}
