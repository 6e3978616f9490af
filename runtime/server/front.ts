import type { RequestListener } from 'node:http';
import { CallerError, RuntimeError } from '../../config/model/errors.js';
import type { Logger } from '../../config/model/logger.js';
import { type CallDependencies, type CallName, calledBy, serveCall } from './call.js';
import { beginExchange, type Exchange, keepExchange } from './exchange.js';
import type { Origins } from './origins.js';
import { sendProblem, tellable } from './problem.js';

export interface FrontDependencies extends CallDependencies {
  readonly log: Logger;
  readonly origins: Origins;
  readonly secure: () => boolean;
  /** Everything that is no call of a method: the Express application. */
  readonly application: RequestListener;
}

/**
 * What `node:http` hands each request to. Calls of methods are served here, ahead of Express, which serves everything else:
 * Express's own dispatch and its `send` cost more CPU than the whole of a call does otherwise, and calls are what a server does
 * all day. They keep to the same rules, by the same code: admission, body, problems, log, metrics.
 */
export function createFront(deps: FrontDependencies): RequestListener {
  const { inFlight, metrics, origins, log } = deps;

  function served(exchange: Exchange): void {
    const { response, abort } = exchange;
    if (abort !== undefined && !response.writableFinished) abort.abort();
    inFlight.end(exchange);
    metrics.request(exchange);
    logRequest(log, exchange);
  }

  return (request, response) => {
    const exchange = beginExchange(request, response);
    inFlight.begin(exchange);
    response.on('close', () => served(exchange));
    if (inFlight.stopping) {
      response.setHeader('connection', 'close');
      sendProblem(exchange, new RuntimeError('STOPPING', 'The server is stopping. Try again in a moment.'));
      return;
    }
    if (request.url?.includes('%00') === true) {
      sendProblem(exchange, new CallerError('REQUEST_INVALID', 'The URL has a NUL character (%00); no name has one.'));
      return;
    }
    if (origins.preflight(request, response)) return;
    if (request.headers.origin !== undefined) origins.share(request, response);
    const call = callOf(exchange);
    if (call === undefined) {
      keepExchange(exchange);
      setHeaders(exchange, deps.secure());
      deps.application(request, response);
      return;
    }
    serveCall(call, exchange, deps).catch((error) => sendProblem(exchange, tellable(error, exchange, log)));
  };
}

/** A URL that cannot be decoded is left to Express, which refuses it like any other. */
function callOf({ request }: Exchange): CallName | undefined {
  try {
    return calledBy(request);
  } catch {
    return undefined;
  }
}

function setHeaders({ response, id }: Exchange, secure: boolean): void {
  response.setHeader('x-request-id', id);
  response.setHeader('cache-control', 'no-store');
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('cross-origin-resource-policy', 'same-site');
  if (secure) response.setHeader('strict-transport-security', 'max-age=31536000');
}

/** One line a request. It has the route's template and never the URL: a query or a path may carry what is nobody's business. */
function logRequest(log: Logger, { id, route, request, response, started, caller, problem }: Exchange): void {
  const details = {
    id,
    method: request.method,
    route,
    status: response.headersSent ? response.statusCode : 499,
    ms: Math.round((performance.now() - started) * 100) / 100,
    ...(caller !== undefined && { principal: caller.principal.name }),
    ...(problem !== undefined && { code: problem }),
  };
  if (route === '/healthz' || route === '/readyz' || route === '/metrics') log.debug(details, 'request');
  else log.info(details, 'request');
}
