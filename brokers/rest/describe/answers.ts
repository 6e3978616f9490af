import type { JsonSchema } from '../../../config/model/json-schema.js';
import type { DeclaredError } from '../../../config/model/service-object.js';
import { type Located, rawObject } from '../load/index.js';
import type { AnswerPlan, ErrorPlan } from '../plan.js';
import type { Types } from '../types/index.js';
import { below } from './below.js';
import { type ReadError, readError } from './errors.js';
import type { Operation } from './operations.js';
import { type ReadContent, ResponseReader } from './response.js';

/** What an operation answers. */
export interface Answers {
  readonly plans: readonly AnswerPlan[];
  /** The body of a success; `false` when there is none. */
  readonly output: JsonSchema;
  readonly accept?: string;
  /** The answer is a stream of items, not one value that holds them. */
  readonly streamed: boolean;
  /** The declared headers of a success, when there are any that a caller may want. */
  readonly headers?: Readonly<Record<string, JsonSchema>>;
  /** Whether a success carries a `Link` header. */
  readonly linked: boolean;
  readonly errors: readonly DeclaredError[];
  readonly errorPlans: readonly ErrorPlan[];
}

/** Headers that are the transport's business, or that every answer of some services has. */
const PLUMBING =
  /^(content-(type|length|encoding)|date|server|connection|vary|cache-control|link|x-?rate-?limit.*|ratelimit.*|x-request-id|x-runtime|access-control-.*|transfer-encoding)$/i;

/** A response that a document only refers to, by a reference that leads nowhere: JSON, most likely. */
const UNKNOWN: readonly ReadContent[] = [
  { mediaType: 'application/json', plan: { codec: 'json' }, schema: {}, streamed: false },
];

/** Reads the answers of operations; a response that many share is read once. */
export class AnswerReader {
  readonly #types: Types;
  readonly #responses: ResponseReader;
  readonly #errors = new Map<unknown, Map<string, ReadError>>();

  constructor(types: Types) {
    this.#types = types;
    this.#responses = new ResponseReader(types);
  }

  of(operation: Operation): Answers {
    const responses = Object.entries(rawObject(operation.raw.responses)).filter(([status]) =>
      /^([1-5](\d\d|XX)|default)$/i.test(status),
    );
    const success = successOf(responses.map(([status]) => status));
    const plans: AnswerPlan[] = [];
    const errors: ReadError[] = [];
    const outputs = new Map<string, JsonSchema>();
    const accept = new Set<string>();
    let headers: Record<string, JsonSchema> | undefined;
    let linked = false;
    let streamed = false;
    for (const [status, value] of responses) {
      const site = below(operation.site, 'responses', status);
      const response = this.#types.documents.follow({ value, site }, operation.label);
      if (!success.includes(status)) {
        if (response !== undefined && /^[45d]/i.test(status)) errors.push(this.#error(status, response, operation));
        continue;
      }
      const contents = response === undefined ? UNKNOWN : this.#responses.contents(response, operation);
      const declared = response === undefined ? {} : this.#responses.headers(response, operation);
      linked ||= Object.keys(declared).some((name) => name.toLowerCase() === 'link');
      const wanted = Object.entries(declared).filter(([name]) => !PLUMBING.test(name));
      if (wanted.length > 0) headers ??= Object.fromEntries(wanted);
      const withHeaders = wanted.length > 0 ? { headers: wanted.map(([name, schema]) => ({ name, schema })) } : {};
      const mayHaveBody = operation.verb === 'GET' && bodied(status);
      if (contents.length === 0) plans.push({ status, codec: mayHaveBody ? 'json' : 'none', ...withHeaders });
      for (const [index, content] of contents.entries()) {
        plans.push({ status, mediaType: content.mediaType, ...content.plan, ...withHeaders });
        accept.add(content.mediaType);
        // Media types of one status are forms of one value: the preferred one tells its type.
        if (index > 0) continue;
        outputs.set(JSON.stringify(content.schema), content.schema);
        streamed = content.streamed;
      }
      if (contents.length === 0 && mayHaveBody) outputs.set('{}', {});
    }
    return {
      plans,
      output: unite([...outputs.values()]),
      ...(accept.size > 0 ? { accept: [...accept].join(', ') } : {}),
      streamed,
      ...(headers === undefined ? {} : { headers }),
      linked,
      errors: errors.map(({ declared }) => declared),
      errorPlans: errors.flatMap(({ plans: own }) => own),
    };
  }

  #error(status: string, response: Located, operation: Operation): ReadError {
    // In Swagger 2.0 the operation says in which media types.
    if (operation.raw.produces !== undefined) return readError(this.#responses, status, response, operation);
    const known = this.#errors.get(response.value) ?? new Map<string, ReadError>();
    this.#errors.set(response.value, known);
    const error = known.get(status) ?? readError(this.#responses, status, response, operation);
    known.set(status, error);
    return error;
  }
}

/** The statuses that mean success: all `2…`, or `default` when the operation names none of them. */
function successOf(statuses: readonly string[]): string[] {
  const success = statuses.filter((status) => status.startsWith('2'));
  if (success.length > 0) return success;
  return statuses.filter((status) => status === 'default');
}

const bodied = (status: string): boolean => status !== '204' && status !== '205';

/** Several success answers: any of their bodies. */
function unite(outputs: readonly JsonSchema[]): JsonSchema {
  const [first, ...others] = outputs;
  if (first === undefined) return false;
  return others.length === 0 ? first : { anyOf: [...outputs] };
}
