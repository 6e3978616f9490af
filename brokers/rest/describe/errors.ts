import { type JsonSchema, referencedType } from '../../../config/model/json-schema.js';
import type { DeclaredError } from '../../../config/model/service-object.js';
import { type Located, rawObject, rawText } from '../load/index.js';
import type { ErrorPlan } from '../plan.js';
import { headersSchema } from './headers.js';
import type { Operation } from './operations.js';
import type { ResponseReader } from './response.js';

/** A declared error answer: what callers are told of it, and how it is read. */
export interface ReadError {
  readonly declared: DeclaredError;
  readonly plans: readonly ErrorPlan[];
}

/** Headers that tell nothing of this one error, or that nobody but the transport should see. */
const OTHERS = /^(content-.*|date|server|connection|set-cookie|www-authenticate|.*rate-?limit.*|x-request-id)$/i;

/** Reads one error answer of an operation. */
export function readError(reader: ResponseReader, status: string, response: Located, operation: Operation): ReadError {
  const contents = reader.contents(response, operation);
  const headers = Object.entries(reader.headers(response, operation)).filter(([name]) => !OTHERS.test(name));
  const described = contents.find(({ schema }) => !isAnything(schema));
  const description = rawText(rawObject(response.value).description);
  const planned = headers.length > 0 ? { headers: headers.map(([name, schema]) => ({ name, schema })) } : {};
  return {
    declared: {
      status,
      ...(description === undefined || description === '' ? {} : { description }),
      ...(described === undefined ? {} : { body: described.schema }),
      ...(headers.length === 0 ? {} : { headers: headersSchema(Object.fromEntries(headers)) }),
    },
    plans:
      contents.length === 0
        ? [{ status, codec: 'text', ...planned }]
        : contents.map(({ mediaType, plan, schema }) => ({ status, mediaType, ...plan, ...named(schema), ...planned })),
  };
}

function isAnything(schema: JsonSchema): boolean {
  return schema === true || (typeof schema === 'object' && Object.keys(schema).length === 0);
}

function named(schema: JsonSchema): { type?: string } {
  if (typeof schema === 'boolean' || schema.$ref === undefined) return {};
  const type = referencedType(schema.$ref);
  return type === undefined ? {} : { type };
}
