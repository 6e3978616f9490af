import type { JsonSchema, JsonSchemaObject } from '../../../config/model/json-schema.js';
import { essence } from '../../http/media-type.js';
import {
  type Located,
  locationOf,
  member,
  pointerTo,
  type RawObject,
  rawArray,
  rawObject,
  rawText,
  type Site,
} from '../load/index.js';
import type { ParameterPlan } from '../plan.js';
import { designOf, objectView, type Types } from '../types/index.js';
import { encodingPlan } from './form.js';
import type { Operation } from './operations.js';
import { type ParameterPlace, serialisation } from './style.js';

/** One declared parameter, before it has an input's name. */
export interface Parameter {
  /** `querystring` is the whole query. */
  readonly in: ParameterPlace | 'querystring';
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

  /**
   * A parameter that is the whole query string (OpenAPI 3.2 §4.12.1). A form with declared fields becomes a query parameter a
   * field, in the style that `encoding` gives it; any other is one input.
   */
  #queryString(raw: RawObject, site: Site): Parameter[] {
    const [mediaType = 'application/x-www-form-urlencoded', content] = Object.entries(rawObject(raw.content))[0] ?? [];
    const schema = this.#schema(rawObject(content).schema ?? {}, site, 'content', mediaType, 'schema');
    const view = essence(mediaType) === FORM ? objectView(schema, this.#types.lookup) : undefined;
    const required = raw.required === true;
    if (view === undefined || !view.plain || Object.keys(view.properties).length === 0) {
      const name = rawText(raw.name) ?? 'query';
      const plan = { name, style: 'form', explode: true, mediaType: essence(mediaType) } as const;
      return [{ in: 'querystring', plan, schema: typeof schema === 'boolean' ? {} : described(schema, raw), required }];
    }
    const encoding = rawObject(rawObject(content).encoding);
    return Object.entries(view.properties).map(([name, property]) => ({
      in: 'query',
      plan: { name, ...this.#field(property, member(encoding, name)) },
      schema: property,
      required: required && view.required.has(name),
    }));
  }

  /** How a field of a form is written: by its encoding, else an object as JSON and all else as it is (§4.15). */
  #field(property: JsonSchema, encoding: unknown): Omit<ParameterPlan, 'name' | 'input'> {
    const { contentType, style, explode, allowReserved } = encodingPlan(encoding);
    const styled = style !== undefined || explode !== undefined || allowReserved !== undefined;
    const isObject = objectView(property, this.#types.lookup) !== undefined;
    const mediaType = styled ? undefined : (contentType ?? (isObject ? 'application/json' : undefined));
    return {
      style: style ?? 'form',
      explode: explode ?? true,
      ...(allowReserved === true ? { allowReserved } : {}),
      ...(mediaType === undefined ? {} : { mediaType }),
    };
  }
}

const FORM = 'application/x-www-form-urlencoded';

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
