import { transportHeaders } from '../../header-text.js';
import type { BodyPlan, ParameterPlan, RequestPlan } from '../plan.js';
import {
  cookieWriter,
  headerWriter,
  type ParameterWriter,
  pathWriter,
  queryStringWriter,
  queryWriter,
} from './parameter.js';
import type { Pair } from './style.js';

/** A plan with its writers: made once for each plan object. */
export interface CompiledPlan {
  readonly plan: RequestPlan;
  readonly path: readonly (string | ParameterWriter<string>)[];
  readonly query: readonly ParameterWriter<Pair[]>[];
  readonly queryString: ParameterWriter<string> | undefined;
  readonly headers: readonly { readonly name: string; readonly write: ParameterWriter<string | undefined> }[];
  readonly cookies: readonly ParameterWriter<Pair[]>[];
  readonly body: BodyPlan | undefined;
  /** The inputs that the path takes. A body that is optional is not there for their sake. */
  readonly pathInputs: ReadonlySet<string>;
}

const compiled = new WeakMap<RequestPlan, CompiledPlan>();

/** Header parameters that OpenAPI says to ignore: the request's own business (OpenAPI 3.1 §4.8.12.1). */
const ignored = new Set(['accept', 'content-type', 'authorization']);

export function compilePlan(plan: RequestPlan): CompiledPlan {
  let known = compiled.get(plan);
  if (known === undefined) {
    known = {
      plan,
      path: plan.path.map((piece) => (typeof piece === 'string' ? piece : pathWriter(piece))),
      query: plan.query.map(queryWriter),
      queryString: plan.queryString && queryStringWriter(plan.queryString),
      headers: plan.headers
        .filter(isSent)
        .map((header) => ({ name: header.name.toLowerCase(), write: headerWriter(header) })),
      cookies: plan.cookies.map(cookieWriter),
      body: plan.body,
      pathInputs: new Set(plan.path.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.input]))),
    };
    compiled.set(plan, known);
  }
  return known;
}

function isSent({ name }: ParameterPlan): boolean {
  return !ignored.has(name.toLowerCase()) && !transportHeaders.has(name.toLowerCase());
}
