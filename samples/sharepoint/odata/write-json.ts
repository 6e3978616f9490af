import type { Fault } from '../fault.js';
import type { Expanded, Shown } from './project.js';
import type { Plain } from './resource.js';

/** How much an answer says of its types and addresses: the `odata` parameter of `Accept`. */
export type Dress = 'verbose' | 'minimalmetadata' | 'nometadata';

/** An answer's JSON, before it is text. */
export interface Writer {
  readonly mediaType: string;
  entity(shown: Shown): unknown;
  collection(shown: readonly Shown[], type: string, nextLink: string | undefined): unknown;
  plain(value: Plain): unknown;
  nothing(name: string): unknown;
  fault(fault: Fault): unknown;
}

/** @param api the address of `_api/` */
export const writerOf = (dress: Dress, api: string): Writer =>
  dress === 'verbose' ? verbose(api) : light(api, dress === 'minimalmetadata');

/** `odata=verbose` wins over `nometadata`, and both over the default, wherever they stand in `Accept`. */
export function dressOf(accept: string): Dress {
  const asked = /odata(?:\.metadata)?=(verbose|none|nometadata)/i.exec(accept)?.[1]?.toLowerCase();
  return asked === 'verbose' ? 'verbose' : asked === undefined ? 'minimalmetadata' : 'nometadata';
}

type Json = Record<string, unknown>;

const mapExpanded = (
  expanded: Readonly<Record<string, Expanded>>,
  one: (shown: Shown) => unknown,
  many: (shown: readonly Shown[]) => unknown,
  bare: (value: unknown) => unknown,
): Json =>
  Object.fromEntries(
    Object.entries(expanded).map(([name, value]) => {
      if (value === null) return [name, null];
      if (isMany(value)) return [name, many(value)];
      return [name, 'entity' in value ? one(value) : bare(value.value)];
    }),
  );

const isMany = (value: Expanded): value is readonly Shown[] => Array.isArray(value);

function light(api: string, metadata: boolean): Writer {
  const bare = ({ entity, values, expanded }: Shown): Json => ({
    ...(metadata && {
      'odata.type': entity.type,
      'odata.id': entity.id ?? api + entity.uri,
      ...(entity.etag !== undefined && { 'odata.etag': entity.etag }),
      'odata.editLink': entity.uri,
    }),
    ...mapExpanded(
      expanded,
      bare,
      (many) => many.map(bare),
      (value) => value,
    ),
    ...values,
  });
  const set = (type: string): string => `${api}$metadata#SP.${setName(type)}`;
  return {
    mediaType: `application/json;odata=${metadata ? 'minimalmetadata' : 'nometadata'};streaming=true;charset=utf-8`,
    entity: (shown) => ({
      ...(metadata && { 'odata.metadata': `${set(shown.entity.type)}/@Element` }),
      ...bare(shown),
    }),
    collection: (shown, type, nextLink) => ({
      ...(metadata && { 'odata.metadata': set(type) }),
      ...(nextLink !== undefined && { 'odata.nextLink': nextLink }),
      value: shown.map(bare),
    }),
    plain: ({ value, type }) =>
      type !== undefined && isObject(value)
        ? { ...(metadata && { 'odata.metadata': `${api}$metadata#${type}` }), ...value }
        : { ...(metadata && { 'odata.metadata': `${api}$metadata#Edm.String` }), value },
    nothing: (name) => ({ ...(metadata && { 'odata.metadata': `${api}$metadata#${name}` }), 'odata.null': true }),
    fault: ({ code, message }) => ({ 'odata.error': { code, message: { lang: 'en-US', value: message } } }),
  };
}

/** `SP.List` → `ApiData.Lists`, `SP.Data.OrdersListItem` → `ListData.OrdersListItems`. */
const setName = (type: string): string =>
  type.startsWith('SP.Data.') ? `ListData.${type.slice(8)}s` : `ApiData.${type.replace(/^SP\./, '')}s`;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function verbose(api: string): Writer {
  const bare = ({ entity, values, expanded }: Shown): Json => {
    const deferred = Object.entries(entity.members()).flatMap(([name, member]) =>
      'get' in member && member.needsArgs !== true
        ? [[name, { __deferred: { uri: `${api}${entity.uri}/${name}` } }]]
        : [],
    );
    return {
      __metadata: {
        id: entity.id ?? api + entity.uri,
        uri: api + entity.uri,
        ...(entity.etag !== undefined && { etag: entity.etag }),
        type: entity.type,
      },
      ...Object.fromEntries(deferred),
      ...mapExpanded(expanded, bare, (many) => ({ results: many.map(bare) }), wrapped),
      ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, wrapped(value)])),
    };
  };
  return {
    mediaType: 'application/json;odata=verbose;charset=utf-8',
    entity: (shown) => ({ d: bare(shown) }),
    collection: (shown, _type, nextLink) => ({
      d: { results: shown.map(bare), ...(nextLink !== undefined && { __next: nextLink }) },
    }),
    plain: ({ name, value, type }) => {
      const inner = wrapped(value);
      return {
        d: { [name]: type !== undefined && isObject(inner) ? { __metadata: { type }, ...inner } : inner },
      };
    },
    nothing: (name) => ({ d: { [name]: null } }),
    fault: ({ code, message }) => ({ error: { code, message: { lang: 'en-US', value: message } } }),
  };
}

/** Arrays stand in `results`, at every depth. */
function wrapped(value: unknown): unknown {
  if (Array.isArray(value)) return { results: value.map(wrapped) };
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, wrapped(inner)]));
}
