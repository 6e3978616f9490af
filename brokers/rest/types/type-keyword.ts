import type { JsonSchemaType } from '../../../config/model/json-schema.js';

/** What a `type` keyword comes to: JSON Schema types, and the format that a foreign type name implies. */
export interface TypeKeyword {
  readonly types: JsonSchemaType[];
  readonly format?: string;
  /** Set when the keyword is not one of JSON Schema: what stood there. */
  readonly foreign?: string;
}

const KNOWN: ReadonlySet<string> = new Set<JsonSchemaType>([
  'array',
  'boolean',
  'integer',
  'null',
  'number',
  'object',
  'string',
]);

/** Names that descriptors use for types that JSON Schema calls otherwise. */
const FOREIGN: Readonly<Record<string, { readonly type?: JsonSchemaType; readonly format?: string }>> = {
  file: { type: 'string', format: 'binary' },
  binary: { type: 'string', format: 'binary' },
  byte: { type: 'string', format: 'byte' },
  int: { type: 'integer' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  long: { type: 'integer', format: 'int64' },
  float: { type: 'number', format: 'float' },
  double: { type: 'number', format: 'double' },
  decimal: { type: 'number' },
  numeric: { type: 'number' },
  bool: { type: 'boolean' },
  str: { type: 'string' },
  text: { type: 'string' },
  uuid: { type: 'string', format: 'uuid' },
  guid: { type: 'string', format: 'uuid' },
  date: { type: 'string', format: 'date' },
  datetime: { type: 'string', format: 'date-time' },
  'date-time': { type: 'string', format: 'date-time' },
  timestamp: { type: 'string', format: 'date-time' },
  url: { type: 'string', format: 'uri' },
  list: { type: 'array' },
  map: { type: 'object' },
  dict: { type: 'object' },
  hash: { type: 'object' },
  any: {},
};

/** Reads a `type` keyword of any dialect. An unknown name constrains nothing. */
export function typeKeyword(type: unknown): TypeKeyword {
  if (type === undefined || type === null) return { types: [] };
  if (isType(type)) return { types: [type] };
  const names = Array.isArray(type) ? type : [type];
  const types = new Set<JsonSchemaType>();
  let format: string | undefined;
  let foreign: string | undefined;
  let untyped = false;
  for (const name of names) {
    if (isType(name)) types.add(name);
    else {
      const key = typeof name === 'string' ? name.trim().toLowerCase() : name === null ? 'null' : '';
      const known = isType(key) ? { type: key } : Object.hasOwn(FOREIGN, key) ? FOREIGN[key] : undefined;
      // `file` is a type of Swagger 2.0.
      if (name !== 'file') foreign = typeof name === 'string' ? name : JSON.stringify(name);
      if (known?.type === undefined) untyped = true;
      else types.add(known.type);
      if (known && 'format' in known) format ??= known.format;
    }
  }
  const list = untyped ? [] : [...types];
  // JSON Schema counts an integer as a number.
  const exact = list.includes('number') ? list.filter((name) => name !== 'integer') : list;
  return {
    types: exact,
    ...(format === undefined ? {} : { format }),
    ...(foreign === undefined ? {} : { foreign }),
  };
}

function isType(name: unknown): name is JsonSchemaType {
  return typeof name === 'string' && KNOWN.has(name);
}
