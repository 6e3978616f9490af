import type { RequestPreview } from '../../brokers/broker.js';
import { isObject, type RawObject, type Slice, type SlicedOperation, target } from './operation-slice.js';
import { contentTypeOf } from './request-validator.js';

/** A request that the validator refused. */
export interface Refused {
  readonly slice: Slice;
  readonly operation: SlicedOperation;
  readonly request: RequestPreview;
  readonly refusal: string;
}

type Excuse = readonly [reason: string, holds: (refused: Refused) => boolean];

/**
 * Refusals that say nothing about the request: what express-openapi-validator cannot read or gets wrong, found in its source and
 * by trial, and what OpenAPI leaves open. Each is counted in the table under its reason.
 */
const excuses: readonly Excuse[] = [
  [
    'the validator reads no label or matrix values',
    ({ operation }) => operation.parameters.some(({ style }) => style === 'label' || style === 'matrix'),
  ],
  [
    'the validator reads no object in a path, a header or a cookie',
    (refused) => refused.operation.parameters.some((raw) => raw.in !== 'query' && may(refused, raw, 'object')),
  ],
  [
    'the validator reads no list in a cookie, nor an exploded one in a path or a header',
    (refused) =>
      refused.operation.parameters.some(
        (raw) => may(refused, raw, 'array') && (raw.in === 'cookie' || (raw.in !== 'query' && raw.explode === true)),
      ),
  ],
  [
    'the validator reads a content parameter only in a query, and only as JSON',
    ({ operation }) =>
      operation.parameters.some(
        ({ content, in: place }) =>
          isObject(content) && (place !== 'query' || !/json/.test(Object.keys(content)[0] ?? '')),
      ),
  ],
  [
    'OpenAPI leaves open how lists and objects inside a value of a query are written (3.1 §4.8.12.4)',
    (refused) => refused.operation.parameters.some((raw) => raw.in === 'query' && isNested(refused, raw)),
  ],
  [
    'the validator reads no multipart but multipart/form-data',
    ({ request }) => /^multipart\/(?!form-data)/.test(contentTypeOf(request)),
  ],
  [
    'the validator reads no object that is delimited by spaces or pipes',
    (refused) =>
      refused.operation.parameters.some(
        (raw) => (raw.style === 'spaceDelimited' || raw.style === 'pipeDelimited') && may(refused, raw, 'object'),
      ),
  ],
  [
    'the validator finds the members of an exploded object only where its schema is plain',
    (refused) =>
      /Unknown query parameter/.test(refused.refusal) &&
      refused.operation.parameters.some(
        (raw) => raw.in === 'query' && raw.explode === true && may(refused, raw, 'object'),
      ),
  ],
  [
    'an empty list or object leaves nothing in a query (RFC 6570 §3.2.1)',
    (refused) =>
      /request\/query must have required property/.test(refused.refusal) &&
      refused.operation.parameters.some(
        (raw) =>
          raw.in === 'query' && raw.required === true && (may(refused, raw, 'object') || may(refused, raw, 'array')),
      ),
  ],
  [
    'the validator knows no styles of form fields',
    ({ operation, request }) =>
      !/json/.test(contentTypeOf(request)) &&
      Object.values(operation.bodies).some(
        ({ encoding }) =>
          isObject(encoding) && Object.values(encoding).some((raw) => isObject(raw) && raw.style !== undefined),
      ),
  ],
  [
    'OpenAPI leaves open how a form, a text or bytes are written whose schema is something else',
    ({ operation, request }) => isOddBody(operation, contentTypeOf(request)),
  ],
  [
    'the reader before the validator takes brackets in the name of a form field for nesting',
    ({ operation }) =>
      Object.values(operation.bodies).some(({ schema }) =>
        Object.keys((isObject(schema) && isObject(schema.properties) && schema.properties) || {}).some((name) =>
          name.includes('['),
        ),
      ),
  ],
  ['the validator reads no XML', ({ request }) => /xml/.test(contentTypeOf(request))],
  ['the validator reads no lines of JSON', ({ request }) => /ndjson|jsonl|json-seq/.test(contentTypeOf(request))],
  [
    'several alternatives of a oneOf fit: the broker takes that, since documents overlap, and the validator does not',
    ({ refusal }) => /must match exactly one schema in oneOf/.test(refusal),
  ],
  [
    'the document writes a pattern between slashes, as JavaScript does; the broker takes what is between them',
    ({ refusal }) => /must match pattern "\/.*\/"/.test(refusal),
  ],
  [
    'the document contradicts itself: a closed member of an allOf refuses what the others declare; the broker opens it',
    ({ operation, refusal }) =>
      /must NOT have additional properties/.test(refusal) &&
      Object.values(operation.bodies).some(({ schema }) => isObject(schema) && Array.isArray(schema.allOf)),
  ],
  [
    'the document declares a header that the transport sets',
    ({ refusal }) => /request\/headers must have required property 'content-length'/.test(refusal),
  ],
  [
    'the document contradicts itself: a number with an enumeration of texts; the broker sends numbers',
    ({ slice, refusal }) =>
      /must be equal to one of the allowed values/.test(refusal) && hasTextualNumbers(slice.document),
  ],
];

function hasTextualNumbers(document: RawObject): boolean {
  const pending: unknown[] = [document];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (isObject(next) && /^(integer|number)$/.test(String(next.type)) && Array.isArray(next.enum)) {
      if (next.enum.every((value) => typeof value === 'string')) return true;
    }
    if (typeof next === 'object' && next !== null)
      pending.push(...Object.values(next).filter((value) => value !== undefined));
  }
  return false;
}

/** Why a refusal says nothing about the request; undefined when it does. */
export function excuseFor(refused: Refused): string | undefined {
  return excuses.find(([, holds]) => holds(refused))?.[0];
}

/** A form that is no object, or a text or bytes that are one. */
function isOddBody({ bodies }: SlicedOperation, contentType: string): boolean {
  const [essence = ''] = contentType.split(';');
  const schema = Object.entries(bodies).find(([type]) => type.toLowerCase().startsWith(essence))?.[1]?.schema;
  if (!isObject(schema)) return false;
  if (essence === 'application/x-www-form-urlencoded') return schema.type === 'array' || schema.type === 'string';
  return !/json|xml|multipart/.test(essence) && (schema.type === 'object' || schema.type === 'array');
}

/** Whether a parameter has lists or objects within its list or object. */
function isNested(refused: Refused, { schema, style, content }: RawObject): boolean {
  if (content !== undefined || style === 'deepObject' || !isObject(schema)) return false;
  const { items, properties } = target(refused.slice.document, schema);
  const members = [items, ...Object.values(isObject(properties) ? properties : {})].filter(isObject);
  return members.some(
    (member) => may(refused, { schema: member }, 'object') || may(refused, { schema: member }, 'array'),
  );
}

/** Whether a parameter's value may be of a structured type, through references and alternatives. */
function may({ slice }: Refused, { schema }: RawObject, type: 'object' | 'array'): boolean {
  const pending: unknown[] = [schema];
  for (let hops = 0; pending.length > 0 && hops < 100; hops++) {
    const found = target(slice.document, pending.pop());
    if ([found.type].flat().includes(type) || (type === 'object' && found.properties !== undefined)) return true;
    for (const key of ['allOf', 'oneOf', 'anyOf']) pending.push(...(Array.isArray(found[key]) ? found[key] : []));
  }
  return false;
}
