import { formatNames } from 'ajv-formats/dist/formats.js';

/** A JSON object of a document. */
export type RawObject = Readonly<Record<string, unknown>>;

/** Some operations with all that their requests refer to, as a document of its own that a validator can hold. */
export interface Slice {
  readonly document: RawObject;
  readonly operations: readonly SlicedOperation[];
}

export interface SlicedOperation {
  /** The path template in the document that the operation was taken from. */
  readonly template: string;
  /** Where the operation stands in the slice, such as `/operation3`. The path's parameters follow, a segment each. */
  readonly route: string;
  readonly parameters: readonly RawObject[];
  readonly bodies: Readonly<Record<string, RawObject>>;
}

/** An operation in a document. */
export interface FoundOperation {
  readonly path: string;
  readonly item: RawObject;
  readonly verb: string;
  readonly operation: RawObject;
}

const verbs = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'] as const;

/** The operations of a document by `operationKey`; several where paths differ in a fragment only. */
export function operationsIn(document: RawObject): Map<string, FoundOperation[]> {
  const found = new Map<string, FoundOperation[]>();
  for (const [path, value] of [...entries(document.paths), ...entries(document['x-ms-paths'])]) {
    const item = target(document, value);
    const others = entries(item.additionalOperations);
    for (const [verb, raw] of [...verbs.map((name) => [name, item[name]] as const), ...others]) {
      if (raw === undefined) continue;
      const key = operationKey(verb, path);
      const same = found.get(key) ?? [];
      same.push({ path, item, operation: target(document, raw), verb });
      found.set(key, same);
    }
  }
  return found;
}

/** `GET /contacts/{}`: the verb and the path without what parameters are called and how text is escaped. */
export function operationKey(verb: string, template: string): string {
  const path = template.replace(/#.*$/s, '').replace(/\{[^{}]*\}/g, '{}');
  return `${verb.toUpperCase()} ${path.startsWith('/') ? '' : '/'}${unescaped(path)}`;
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Cuts operations out. Their paths become `/operation0/{p0}/{p1}`, since routers stumble over what real paths have in them; the
 * caller compares the literal text itself. Answers, examples and texts are left out.
 */
export function sliceOf(document: RawObject, operations: readonly FoundOperation[]): Slice {
  const collector = new Collector(document);
  const paths: Record<string, RawObject> = {};
  const sliced = operations.map((found, index): SlicedOperation => {
    const route = `/operation${index}`;
    const names = placeholders(found.path);
    const { parameters, bodies, cut } = operationOf(document, found, names, collector);
    paths[`${route}${[...names.values()].map((name) => `/{${name}}`).join('')}`] = { [found.verb]: cut };
    return { template: found.path, route, parameters, bodies };
  });
  return {
    document: {
      openapi: String(document.openapi).startsWith('3.0') ? '3.0.3' : '3.1.0',
      info: { title: 'Operations', version: '1' },
      servers: [{ url: '/' }],
      paths,
      components: { schemas: collector.schemas() },
    },
    operations: sliced,
  };
}

/** The parameters of a path template, without what routers write around their names, and what they are called in the slice. */
function placeholders(path: string): ReadonlyMap<string, string> {
  const names = [...path.replace(/#.*$/s, '').matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) =>
    name.replace(/^[+#./;]|\*$|:.*$/g, ''),
  );
  return new Map(names.map((name, index) => [name, `p${index}`]));
}

function operationOf(
  document: RawObject,
  { item, operation }: FoundOperation,
  names: ReadonlyMap<string, string>,
  collector: Collector,
) {
  const own = list(operation.parameters).map((raw) => target(document, raw));
  const inherited = list(item.parameters)
    .map((raw) => target(document, raw))
    .filter((raw) => !own.some((other) => other.name === raw.name && other.in === raw.in));
  const declared = [...inherited, ...own]
    .filter(
      (raw) => (raw.in !== 'path' || names.has(String(raw.name))) && !isCredential(document, raw) && !isIgnored(raw),
    )
    .map((raw) => parameter(raw, names, collector));
  const undeclared = [...names.values()].filter(
    (name) => !declared.some((raw) => raw.in === 'path' && raw.name === name),
  );
  const parameters: RawObject[] = [
    ...declared,
    ...undeclared.map((name) => ({
      name,
      in: 'path',
      required: true,
      style: 'simple',
      explode: false,
      schema: { type: 'string' },
    })),
  ];
  const body = operation.requestBody === undefined ? undefined : target(document, operation.requestBody);
  const bodies = Object.fromEntries(
    entries(body?.content).map(([type, raw]) => [type, media(target(document, raw), collector)]),
  );
  const requestBody =
    body === undefined ? {} : { requestBody: { required: body.required === true, content: structuredClone(bodies) } };
  const cut = {
    parameters: structuredClone(parameters),
    ...requestBody,
    responses: { default: { description: 'Any' } },
  };
  return { parameters, bodies, cut };
}

/** The name of a query parameter without brackets, which the validator takes for nesting also where they are part of the name. */
export const plainName = (name: string): string => name.replaceAll('[', '(').replaceAll(']', ')');

/** Whether a parameter repeats an `apiKey` scheme: the instance's authentication adds it when the request is sent. */
function isCredential(document: RawObject, { name, in: place }: RawObject): boolean {
  const schemes = isObject(document.components) ? entries(document.components.securitySchemes) : [];
  return schemes.some(([, value]) => {
    const scheme = target(document, value);
    return (
      scheme.type === 'apiKey' &&
      scheme.in === place &&
      String(scheme.name).toLowerCase() === String(name).toLowerCase()
    );
  });
}

/** Header parameters that OpenAPI 3.0 §4.7.12.1 says to ignore. */
function isIgnored({ name, in: place }: RawObject): boolean {
  return place === 'header' && ['accept', 'content-type', 'authorization'].includes(String(name).toLowerCase());
}

function parameter(raw: RawObject, names: ReadonlyMap<string, string>, collector: Collector): RawObject {
  const { name, in: place, required, schema, content, style, explode, allowReserved, allowEmptyValue } = raw;
  const usual = place === 'query' || place === 'cookie' ? 'form' : 'simple';
  return {
    name: place === 'path' ? names.get(String(name)) : place === 'query' ? plainName(String(name)) : name,
    in: place,
    required: required === true || place === 'path',
    style: style ?? usual,
    explode: explode ?? (style ?? usual) === 'form',
    ...(allowReserved === undefined ? {} : { allowReserved }),
    ...(allowEmptyValue === undefined ? {} : { allowEmptyValue }),
    ...(content === undefined
      ? { schema: collector.inline(schema ?? {}) }
      : {
          content: Object.fromEntries(
            entries(content).map(([type, value]) => [type, media(value as RawObject, collector)]),
          ),
        }),
  };
}

function media(raw: RawObject, collector: Collector): RawObject {
  const schema = collector.inline(raw.schema ?? {});
  // One level down, too: validators look at the properties of a form without following their references.
  const properties = Object.fromEntries(
    entries(schema.properties).map(([name, value]) => [name, collector.inline(value)]),
  );
  const whole = schema.properties === undefined ? schema : { ...schema, properties };
  return { schema: whole, ...(raw.encoding === undefined ? {} : { encoding: raw.encoding }) };
}

/** Copies schemas, and under safe names those that they refer to. */
class Collector {
  readonly #document: RawObject;
  readonly #names = new Map<string, string>();
  readonly #schemas: Record<string, unknown> = {};

  constructor(document: RawObject) {
    this.#document = document;
  }

  schemas(): RawObject {
    return this.#schemas;
  }

  /** A copy whose own reference is replaced by what it names. */
  inline(schema: unknown): RawObject {
    const { $ref, ...siblings } = isObject(schema) ? schema : {};
    if (typeof $ref !== 'string') return isObject(schema) ? (this.copy(schema) as RawObject) : {};
    return { ...(this.copy(target(this.#document, schema)) as object), ...(this.copy(siblings) as object) };
  }

  copy(value: unknown, named = false): unknown {
    if (Array.isArray(value)) return value.map((item) => this.copy(item));
    if (!isObject(value)) return value;
    // OpenAPI 3.0 §4.7.23: what stands beside a reference is ignored. The validator heeds it.
    if (!named && typeof value.$ref === 'string' && String(this.#document.openapi).startsWith('3.0'))
      return { $ref: this.#reference(value.$ref) };
    const copy: Record<string, unknown> = {};
    for (const [key, member] of Object.entries(value)) {
      if (!named && (left.has(key) || key.startsWith('x-'))) continue;
      // The validator warns of each format that it does not know.
      if (!named && key === 'format' && !formats.has(String(member))) continue;
      // OpenAPI 3.0.3 §4.7.24: it means something beside a type only. The validator does not start otherwise.
      if (!named && key === 'nullable' && value.type === undefined) continue;
      if (!named && data.has(key)) copy[key] = member;
      else if (!named && key === '$ref' && typeof member === 'string') copy.$ref = this.#reference(member);
      else if (!named && key === 'discriminator') copy.discriminator = this.#discriminator(member);
      else
        Object.defineProperty(copy, key, {
          value: this.copy(member, !named && maps.has(key)),
          enumerable: true,
          configurable: true,
          writable: true,
        });
    }
    return copy;
  }

  #discriminator(value: unknown): unknown {
    if (!isObject(value) || !isObject(value.mapping)) return value;
    const mapping = Object.fromEntries(
      Object.entries(value.mapping).map(([name, ref]) => [
        name,
        this.#reference(String(ref).startsWith('#') ? String(ref) : `#/components/schemas/${String(ref)}`),
      ]),
    );
    return { ...value, mapping };
  }

  #reference(ref: string): string {
    let name = this.#names.get(ref);
    if (name === undefined) {
      const [, plain] = /^#\/components\/schemas\/([\w-]+)$/.exec(ref) ?? [];
      // A schema called `id` would be taken for an identifier.
      name = plain !== undefined && plain !== 'id' ? plain : `lifted_${this.#names.size}`;
      this.#names.set(ref, name);
      this.#schemas[name] = this.copy(valueAt(this.#document, ref) ?? {});
    }
    return `#/components/schemas/${name}`;
  }
}

/** What says nothing of what may be sent. The validator would put defaults in, whether they fit or not. */
const left = new Set(['default', 'example', 'examples', 'description', 'title', 'externalDocs', 'xml', 'deprecated']);
const data = new Set(['enum', 'const']);
const formats: ReadonlySet<string> = new Set(formatNames);
const maps = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions']);

/** What a value stands for: through references, siblings of which win. */
export function target(document: RawObject, value: unknown): RawObject {
  let found = isObject(value) ? value : {};
  for (let hops = 0; typeof found.$ref === 'string' && hops < 50; hops++) {
    const next = valueAt(document, found.$ref);
    const { $ref: _, ...siblings } = found;
    found = isObject(next) ? { ...next, ...siblings } : siblings;
  }
  return found;
}

function valueAt(document: RawObject, ref: string): unknown {
  if (!ref.startsWith('#')) return undefined;
  let value: unknown = document;
  for (const token of unescaped(ref).split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
  }
  return value;
}

export const isObject = (value: unknown): value is RawObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const entries = (value: unknown): [string, unknown][] => (isObject(value) ? Object.entries(value) : []);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
