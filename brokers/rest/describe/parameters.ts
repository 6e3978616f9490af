import type { JsonSchema, JsonSchemaObject } from '../../../config/model/json-schema.js';
import { essence } from '../../http/media-type.js';
import {
  type Located,
  locationOf,
  pointerTo,
  type RawObject,
  rawArray,
  rawObject,
  rawText,
  type Site,
} from '../load/index.js';
import type { ParameterPlan } from '../plan.js';
import { designOf, objectView, type Types } from '../types/index.js';
import type { Operation } from './operations.js';
import { type ParameterPlace, serialisation } from './style.js';

/** One declared parameter, before it has an input's name. */
export interface Parameter {
  readonly in: ParameterPlace;
  readonly plan: Omit<ParameterPlan, 'input'>;
  readonly schema: JsonSchema;
  readonly required: boolean;
}

/** A parameter of Swagger 2.0 that is part of the body. */
export interface BodyParameter {
  readonly in: 'body' | 'formData';
  readonly name: string;
  readonly raw: RawObject;
  readonly site: Site;
}

/** Header parameters that an operation cannot declare. OpenAPI 3.1 §4.8.12.2.1. */
const IGNORED_HEADERS = new Set(['accept', 'content-type', 'authorization']);

/** Reads parameters; a component that many operations share is read once. */
export class Parameters {
  readonly #types: Types;
  readonly #read = new Map<unknown, (Parameter | BodyParameter)[]>();

  constructor(types: Types) {
    this.#types = types;
  }

  /** The parameters of an operation: its own, and those of its path item that it does not override. */
  of(operation: Operation): (Parameter | BodyParameter)[] {
    const byKey = new Map<string, (Parameter | BodyParameter)[]>();
    for (const [raw, site] of [
      [operation.pathItem, operation.pathItemSite],
      [operation.raw, operation.site],
    ] as const) {
      for (const [index, value] of rawArray(raw.parameters).entries()) {
        const place = { ...site, pointer: pointerTo(pointerTo(site.pointer, 'parameters'), index) };
        const located = this.#types.documents.follow({ value, site: place }, operation.label);
        if (located === undefined) continue;
        const parameters = this.#readOnce(located, operation);
        const { name, in: where } = rawObject(located.value);
        byKey.set(`${String(where)} ${String(name)}`, parameters);
      }
    }
    return [...byKey.values()].flat();
  }

  #readOnce(located: Located, operation: Operation): (Parameter | BodyParameter)[] {
    let parameters = this.#read.get(located.value);
    if (parameters === undefined) {
      parameters = this.#readParameter(located, operation);
      this.#read.set(located.value, parameters);
    }
    return parameters;
  }

  #readParameter(located: Located, operation: Operation): (Parameter | BodyParameter)[] {
    const { site } = located;
    const raw = rawObject(located.value);
    const name = typeof raw.name === 'string' ? raw.name : undefined;
    const where = raw.in;
    if (where === 'body' || where === 'formData') return [{ in: where, name: name ?? 'body', raw, site }];
    if (where === 'querystring') return this.#queryString(raw, site);
    if (name === undefined || name === '' || !isPlace(where)) {
      const message = `A parameter ${name === undefined ? 'without a name' : `"${name}"`} in ${JSON.stringify(where) ?? 'no place'} cannot be sent; it was left out.`;
      this.#types.documents.findings.warn('PARAMETER_INVALID', message, {
        operation: operation.label,
        location: locationOf(site),
      });
      return [];
    }
    if (where === 'header' && IGNORED_HEADERS.has(name.toLowerCase())) return [];
    const content = Object.entries(rawObject(raw.content))[0];
    const plan = { name, ...serialisation(raw, where), ...(content ? { mediaType: content[0] } : {}) };
    const translated = content
      ? this.#schema(rawObject(content[1]).schema, site, 'content', content[0], 'schema')
      : raw.schema !== undefined
        ? this.#schema(raw.schema, site, 'schema')
        : this.#types.translate({ value: { ...raw, name: undefined, in: undefined, required: undefined }, site });
    const schema = typeof translated === 'boolean' ? {} : described(translated, raw);
    return [{ in: where, plan, schema, required: where === 'path' || raw.required === true }];
  }

  #schema(value: unknown, site: Site, ...steps: string[]): JsonSchema {
    return this.#types.translate({ value, site: { ...site, pointer: steps.reduce(pointerTo, site.pointer) } });
  }

  /** A parameter that is the whole query string (OpenAPI 3.2): each of its properties is a query parameter. */
  #queryString(raw: RawObject, site: Site): Parameter[] {
    const [mediaType, content] = Object.entries(rawObject(raw.content))[0] ?? ['', undefined];
    const schema = this.#schema(rawObject(content).schema, site, 'content', mediaType, 'schema');
    const view = essence(mediaType).endsWith('json')
      ? undefined
      : objectView(schema, (name) => this.#types.lookup(name));
    if (view === undefined) {
      this.#types.warn(
        'PARAMETER_INVALID',
        `A query string as ${mediaType || 'nothing'} cannot be sent; it was left out.`,
        site,
      );
      return [];
    }
    return Object.entries(view.properties).map(([name, property]) => ({
      in: 'query',
      plan: { name, style: 'form', explode: true },
      schema: property,
      required: raw.required === true && view.required.has(name),
    }));
  }
}

function isPlace(where: unknown): where is ParameterPlace {
  return where === 'path' || where === 'query' || where === 'header' || where === 'cookie';
}

/** What a parameter says about itself, on its schema. */
function described(schema: JsonSchemaObject, raw: RawObject): JsonSchemaObject {
  const description = rawText(raw.description);
  const example = raw.example;
  return {
    ...schema,
    ...designOf(raw),
    ...(description === undefined ? {} : { description }),
    ...(raw.deprecated === true ? { deprecated: true } : {}),
    ...(typeof example === 'string' && example.length <= 200 && schema.examples === undefined
      ? { examples: [example] }
      : {}),
  };
}
