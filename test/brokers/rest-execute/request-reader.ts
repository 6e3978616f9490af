import type { Arrived } from './echo-server.js';
import * as decode from './style-decoder.js';

type Schema = Readonly<Record<string, unknown>>;

/**
 * Reads a request as a server does that has nothing but the document: by the tables of OpenAPI 3.1 §4.8.12 and §4.8.15. It knows
 * nothing of how the requests are built.
 *
 * @param template the names of the parameters in the path, in order, a segment each behind the first
 */
export function readParameter(arrived: Arrived, template: readonly string[], declared: Schema): unknown {
  const read = places[String(declared.in)];
  if (read === undefined) throw new RangeError(`There is no place ${String(declared.in)}.`);
  return read(arrived, declared, template);
}

type Reader = (arrived: Arrived, declared: Schema, template: readonly string[]) => unknown;

const places: Readonly<Record<string, Reader>> = {
  path({ target }, declared, template) {
    const [path = ''] = target.split('?');
    const raw = path.split('/')[2 + template.indexOf(String(declared.name))] ?? '';
    if (declared.content !== undefined) return JSON.parse(decodeURIComponent(raw));
    const { style, explode, schema } = declared as { style: string; explode: boolean; schema: Schema };
    const shape = shapeOf(schema);
    if (style === 'matrix') return typed(decode.matrix(raw, String(declared.name), explode, shape), schema);
    return typed((style === 'label' ? decode.label : decode.simple)(raw, explode, shape), schema);
  },
  header({ headers }, declared) {
    const raw = String(headers[String(declared.name)]);
    if (declared.content !== undefined) return JSON.parse(raw);
    const schema = declared.schema as Schema;
    // What stands in a header is not escaped, and this reader takes it for escaped.
    return typed(decode.simple(raw.replaceAll('%', '%25'), declared.explode === true, shapeOf(schema)), schema);
  },
  query: ({ target }, declared) => fromPairs(decode.pairsOf(target.split(/\?(.*)/s)[1] ?? ''), declared),
  cookie: ({ headers }, declared) => fromPairs(decode.pairsOf(headers.cookie ?? '', '; '), declared),
};

function fromPairs(pairs: [string, string][], declared: Schema): unknown {
  const name = String(declared.name);
  const schema = (declared.schema ?? {}) as Schema;
  if (declared.content === undefined)
    return typed(decode.query(pairs, name, String(declared.style), declared.explode === true, shapeOf(schema)), schema);
  const [, raw = ''] = pairs.find(([key]) => decodeURIComponent(key) === name) ?? [];
  return JSON.parse(decodeURIComponent(raw));
}

export async function readBody({ body, headers }: Arrived, schema: Schema, encoding: Schema): Promise<unknown> {
  const type = headers['content-type'] ?? '';
  const content = body.toString();
  if (/json$/.test(type) && !/ndjson/.test(type)) return JSON.parse(content);
  if (/ndjson/.test(type))
    return content
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as unknown);
  if (/^text/.test(type)) return content;
  if (/octet-stream/.test(type)) return { content: body.toString('base64') };
  if (/xml/.test(type)) return elementOf(content.replace(/^<\?xml.*?\?>\n/, ''), schema);
  return /^multipart/.test(type) ? multipartOf(body, type, schema) : formOf(content, schema, encoding);
}

function formOf(content: string, schema: Schema, encoding: Schema): unknown {
  const pairs = decode.pairsOf(content);
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
  return Object.fromEntries(
    properties.map(([name, property]) => {
      const own = encoding[name] as Schema | undefined;
      if (own !== undefined) {
        const read = decode.query(pairs, name, String(own.style), own.explode === true, shapeOf(property));
        return [name, typed(read, property)];
      }
      const values = pairs
        .filter(([key]) => decodeURIComponent(key) === name)
        .map(([, value]) => decodeURIComponent(value));
      return [name, fieldOf(values, property)];
    }),
  );
}

async function multipartOf(body: Buffer, type: string, schema: Schema): Promise<unknown> {
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
  const read = properties.map(async ([name, property]) => {
    const parts = await Promise.all(
      form.getAll(name).map(async (part) => {
        if (typeof part === 'string') return part;
        return { content: Buffer.from(await part.arrayBuffer()).toString('base64') };
      }),
    );
    return [name, fieldOf(parts, property)] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}

/** A field of a form without an encoding: a list is a field for each item, an object is JSON. */
function fieldOf(values: readonly unknown[], schema: Schema): unknown {
  if (schema.type === 'array') return values.map((value) => fieldOf([value], schema.items as Schema));
  const [value] = values;
  if (typeof value !== 'string') return value;
  return schema.type === 'object' ? JSON.parse(value) : typed(value, schema);
}

/** An element without mixed content. */
function elementOf(xml: string, schema: Schema): unknown {
  const [, inner = ''] = /^<[^>]+>(.*)<\/[^>]+>$/s.exec(xml) ?? [];
  if (schema.type !== 'object') return typed(unescapedXml(inner), schema);
  return Object.fromEntries(
    Object.entries((schema.properties ?? {}) as Record<string, Schema>).map(([name, property]) => {
      const found = childrenOf(inner).filter((child) => child.startsWith(`<${name}>`));
      if (property.type === 'array') return [name, found.map((child) => elementOf(child, property.items as Schema))];
      return [name, elementOf(found[0] ?? '', property)];
    }),
  );
}

/** The elements directly inside, each as it is written. */
function childrenOf(inner: string): string[] {
  const children: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: tag, index } of inner.matchAll(/<\/?[^>]+>/g)) {
    if (tag.startsWith('</')) depth--;
    else if (depth++ === 0) start = index;
    if (depth === 0) children.push(inner.slice(start, index + tag.length));
  }
  return children;
}

const unescapedXml = (text: string): string =>
  text
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

function shapeOf({ type }: Schema): decode.Shape {
  return type === 'array' || type === 'object' ? type : 'primitive';
}

/** What came as text, as the type that the schema says. */
function typed(value: unknown, schema: Schema): unknown {
  if (Array.isArray(value)) return value.map((item) => typed(item, schema.items as Schema));
  if (typeof value === 'object' && value !== null) {
    const properties = (schema.properties ?? {}) as Record<string, Schema>;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, typed(member, properties[key] ?? {})]),
    );
  }
  if (schema.type === 'boolean') return value === 'true';
  return schema.type === 'integer' || schema.type === 'number' ? Number(value) : value;
}
