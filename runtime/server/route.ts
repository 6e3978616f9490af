import type { Request, Response } from 'express';
import type { Role } from '../../config/model/principal.js';
import type { Caller } from '../identity/index.js';
import type { Exchange } from './exchange.js';
import type { Operation } from './openapi/operation.js';

/**
 * Who may use a route: `anyone`; `optional`, anyone, and a caller is told apart; `session`, a person who has signed in with a
 * browser (another one is sent to the sign-in page); or who holds a role.
 */
export type Access = 'anyone' | 'optional' | GuardedAccess;
export type GuardedAccess = 'session' | Role;

export type Verb = 'get' | 'post' | 'put' | 'delete';

interface RouteBase {
  readonly verb: Verb;
  /** An OpenAPI path template, such as `/api/users/{name}`. */
  readonly path: string;
  /** How `/openapi.json` describes it; a web page has none. */
  readonly operation?: Operation;
}

/** A route that knows its caller: nobody else gets as far as `handle`. */
export interface GuardedRoute extends RouteBase {
  readonly access: GuardedAccess;
  handle(request: Request, response: Response, caller: Caller, exchange: Exchange): Promise<void> | void;
}

export interface OpenRoute extends RouteBase {
  readonly access: 'anyone' | 'optional';
  handle(request: Request, response: Response, caller: Caller | undefined, exchange: Exchange): Promise<void> | void;
}

/** One route of the server. What it costs to get in stands beside what it does, and is enforced in one place: `admit`. */
export type Route = GuardedRoute | OpenRoute;
