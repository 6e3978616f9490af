import { type JsonSchema, type TypeMap, typeReference } from '../../../config/model/json-schema.js';
import {
  Circle,
  type Documents,
  isRawObject,
  type Located,
  locationOf,
  pointerTo,
  type RawObject,
  rawObject,
  type Site,
} from '../load/index.js';
import { composeAllOf } from './all-of.js';
import { annotationsOf, isStructural } from './annotations.js';
import { composeUnion } from './any-of.js';
import { keywordsOf } from './keywords.js';
import { nullable } from './nullable.js';
import { discriminatorOf, type Subtype, Subtypes } from './subtypes.js';
import { TypeNames } from './type-names.js';

/** Deeper nesting than this within one schema is not translated. */
const MAX_DEPTH = 100;

/** A named type on its way. */
interface Entry {
  readonly name: string;
  readonly located: Located;
  readonly form: 'whole' | 'base';
  /** Unset until somebody asks. */
  schema?: JsonSchema;
}

/**
 * Translates the schemas of a descriptor into JSON Schema 2020-12, each once and only those that are asked for. Every schema
 * that a reference names becomes a named type; the others stay where they are. `readOnly` and `writeOnly` are kept:
 * `directions.ts` makes the input and the output form of it.
 */
export class Types {
  readonly documents: Documents;
  readonly #subtypes: Subtypes;
  readonly #names: TypeNames;
  readonly #whole = new Map<unknown, Entry>();
  readonly #base = new Map<unknown, Entry>();
  readonly #byName = new Map<string, Entry>();
  readonly #pending: Entry[] = [];
  readonly #translated = new Map<object, JsonSchema>();
  readonly #copied = new Map<unknown, JsonSchema>();

  constructor(documents: Documents) {
    this.documents = documents;
    this.#subtypes = new Subtypes(documents);
    this.#names = new TypeNames(documents);
  }

  /** The translation of a schema that stands somewhere in the descriptor; the same one each time. */
  translate(located: Located): JsonSchema {
    const { value } = located;
    if (typeof value !== 'object' || value === null) return this.nested(located, 0);
    let schema = this.#translated.get(value);
    if (schema === undefined) {
      schema = this.nested(located, 0);
      this.#translated.set(value, schema);
    }
    return schema;
  }

  /** The translation of a schema within another one, `depth` levels down. */
  nested(located: Located, depth: number): JsonSchema {
    const { value } = located;
    if (value === undefined || value === true || value === null) return {};
    if (value === false) return false;
    if (!isRawObject(value)) {
      this.warn('SCHEMA_INVALID', 'This is no schema; any value is taken.', located.site);
      return {};
    }
    if (depth > MAX_DEPTH) {
      this.warn(
        'SCHEMA_TOO_DEEP',
        `The schema is nested more than ${MAX_DEPTH} levels deep; any value is taken.`,
        located.site,
      );
      return {};
    }
    const site = withOwnBase(value, located.site);
    const schema =
      referenceOf(value) === undefined ? this.#composite(value, site, depth) : this.#reference(value, site, depth);
    return value.nullable === true || value['x-nullable'] === true ? nullable(schema) : schema;
  }

  /** The translation of a named schema where its own name cannot stand; the same one each time. Within itself, it is any value. */
  copied(located: Located, depth: number): JsonSchema {
    const known = this.#copied.get(located.value);
    if (known !== undefined) return known;
    this.#copied.set(located.value, {});
    const copy = this.nested(located, depth);
    this.#copied.set(located.value, copy);
    return copy;
  }

  /** The translation of the part of a schema that stands one or two steps below it. */
  part(site: Site, depth: number, value: unknown, step: string, next?: string | number): JsonSchema {
    const below = pointerTo(site.pointer, step);
    const pointer = next === undefined ? below : pointerTo(below, next);
    return this.nested({ value, site: { document: site.document, base: site.base, pointer } }, depth + 1);
  }

  /** A named type by name, translated on first use. */
  readonly lookup = (name: string): JsonSchema | undefined => {
    const entry = this.#byName.get(name);
    return entry === undefined ? undefined : this.#schemaOf(entry);
  };

  /** All types that something refers to. */
  all(): TypeMap {
    for (let entry = this.#pending.pop(); entry !== undefined; entry = this.#pending.pop()) this.#schemaOf(entry);
    const types: TypeMap = {};
    for (const entry of this.#byName.values()) types[entry.name] = this.#schemaOf(entry);
    return types;
  }

  /** A name for a type that is made from another one, such as its input form. */
  deriveName(name: string, suffix: string): string {
    return this.#names.derive(name, suffix);
  }

  /** The named type of a schema that is an object. `base`: its own form, where it also stands for its subtypes. */
  named(located: Located, form: 'whole' | 'base' = 'whole'): string {
    const whole =
      this.#whole.get(located.value) ??
      this.#enter(located, 'whole', this.#whole, () => this.#names.nameFor(located.value, located.site));
    if (form === 'whole' || this.subtypesOf(located).length === 0) return whole.name;
    const base =
      this.#base.get(located.value) ??
      this.#enter(located, 'base', this.#base, () => this.#names.derive(whole.name, 'Base'));
    return base.name;
  }

  /** The schemas that a schema with a discriminator stands for: none unless others extend it and it lists none itself. */
  subtypesOf(located: Located): Subtype[] {
    const raw = rawObject(located.value);
    if (discriminatorOf(raw) === undefined || raw.oneOf !== undefined || raw.anyOf !== undefined) return [];
    return this.#subtypes.of(located.value);
  }

  /** What a `$ref` object finally names; aliases are passed through. Undefined, with a warning, when dangling. */
  target(value: RawObject, site: Site): Located | undefined {
    let located: Located = { value, site };
    const circle = new Circle();
    for (let hops = 0; ; hops++) {
      const raw = rawObject(located.value);
      const ref = referenceOf(raw);
      if (ref === undefined || (hops > 0 && hasOwnMeaning(raw))) return located;
      const endless = circle.closes(located.value);
      const next = endless ? undefined : this.documents.resolve(ref, located.site);
      if (next === undefined) {
        this.documents.warnDangling(ref, located.site, endless);
        return undefined;
      }
      located = next;
    }
  }

  warn(code: string, message: string, site: Site): void {
    this.documents.findings.warn(code, message, { location: locationOf(site) });
  }

  #enter(located: Located, form: Entry['form'], map: Map<unknown, Entry>, name: () => string): Entry {
    const entry: Entry = { name: name(), located, form };
    map.set(located.value, entry);
    this.#byName.set(entry.name, entry);
    this.#pending.push(entry);
    return entry;
  }

  #schemaOf(entry: Entry): JsonSchema {
    if (entry.schema === undefined) {
      // Whoever asks again meanwhile, through a circle, sees a type about which nothing is known yet.
      entry.schema = {};
      const { located, form } = entry;
      const subtypes = form === 'whole' ? this.subtypesOf(located) : [];
      entry.schema = subtypes.length > 0 ? composeUnion(this, located, subtypes) : this.translate(located);
    }
    return entry.schema;
  }

  #reference(value: RawObject, site: Site, depth: number): JsonSchema {
    const target = this.target(value, site);
    const rest = Object.fromEntries(Object.entries(value).filter(([key]) => key !== '$ref' && key !== '$dynamicRef'));
    const referred =
      target === undefined
        ? {}
        : isRawObject(target.value)
          ? typeReference(this.named(target))
          : this.nested(target, depth + 1);
    if (typeof referred === 'boolean') return referred;
    if (!hasOwnMeaning(value)) return { ...referred, ...annotationsOf(rest) };
    const own = this.#composite(rest, site, depth);
    return typeof own === 'boolean' ? own : { allOf: [referred, own] };
  }

  #composite(raw: RawObject, site: Site, depth: number): JsonSchema {
    const own = keywordsOf(this, raw, site, depth);
    return raw.allOf === undefined ? own : composeAllOf(this, raw, own, site, depth);
  }
}

/** `$dynamicRef` is taken for a plain reference: the outermost anchor is not looked for. */
export function referenceOf(raw: RawObject): string | undefined {
  if (typeof raw.$ref === 'string') return raw.$ref;
  return typeof raw.$dynamicRef === 'string' ? raw.$dynamicRef : undefined;
}

/** Whether a schema with a `$ref` constrains values by itself as well. A lone `type` beside it only repeats. */
function hasOwnMeaning(raw: RawObject): boolean {
  return Object.keys(raw).some(
    (key) => key !== '$ref' && key !== '$dynamicRef' && key !== 'type' && key !== 'format' && isStructural(key),
  );
}

/** A schema with an `$id` is the base of the references in it (JSON Schema 2020-12 §8.2.1). */
function withOwnBase(raw: RawObject, site: Site): Site {
  if (typeof raw.$id !== 'string' || site.document.identifiers.byId.size === 0) return site;
  if (raw.$id.startsWith('#') || !URL.canParse(raw.$id, site.base)) return site;
  return { ...site, base: new URL(raw.$id, site.base).href.replace(/#.*$/, '') };
}
