import type { TypeMap } from '../../../config/model/json-schema.js';
import { inputInvalid } from '../../input-error.js';
import { escapeAttribute, escapeText } from '../../xml/index.js';
import { ns } from '../namespaces.js';
import type { AttributePlan, ChoiceItem, ComplexPlan, ElementItem, Item, Simple, TypeUse } from '../plan.js';
import { writeSimple } from '../xsd/lexical.js';
import { special } from '../xsd/property-names.js';
import { anyAttributes } from './any-attributes.js';
import type { Attached } from './attached.js';
import { builtinOf } from './builtin-of.js';
import { elements, fragment } from './fragment.js';
import type { Prefixes } from './names.js';
import { planOf } from './plan-of.js';
import { propertiesOf } from './properties-of.js';

/** Writes a value as an element. `path` names the value for messages. */
export type WriteElement = (value: unknown, path: readonly string[]) => string;
/** Writes what is between and in the tags: attributes with a space before each, and the content. */
type WriteBody = (value: unknown, path: readonly string[]) => { readonly attributes: string; readonly content: string };
/** Writes the items of an object. */
type WriteItems = (object: Readonly<Record<string, unknown>>, path: readonly string[]) => string;

/**
 * Compiles plans into functions that write XML. Each named type is compiled once; types that refer to one another in circles refer to
 * what will be compiled.
 */
export class Writer {
  readonly #types: TypeMap;
  readonly #prefixes: Prefixes;
  /** Values carry their types (SOAP 1.1 §5.1). */
  readonly #encoded: boolean;
  readonly #attached: Attached;
  readonly #bodies = new Map<string, WriteBody>();

  constructor(types: TypeMap, prefixes: Prefixes, encoded: boolean, attached: Attached) {
    this.#attached = attached;
    this.#types = types;
    this.#prefixes = prefixes;
    this.#encoded = encoded;
  }

  element(item: ElementItem): WriteElement {
    const tag = this.#prefixes.qualified(item.namespace, item.name);
    const body = this.#body(item.type);
    const nil = `<${tag} ${this.#prefixes.qualified(ns.xsi, 'nil')}="true"/>`;
    const nillable = item.nillable === true;
    return (value, path) => {
      if (value === null && nillable) return nil;
      const { attributes, content } = body(value, path);
      return content === '' ? `<${tag}${attributes}/>` : `<${tag}${attributes}>${content}</${tag}>`;
    };
  }

  #body(type: TypeUse): WriteBody {
    switch (type.kind) {
      case 'named':
        return this.#named(type.type);
      case 'complex':
        return this.#complex(type.plan);
      case 'simple':
        return this.#simple(type.simple, type.name);
      case 'wrapped':
        return this.#wrapped(type.item);
      case 'array':
        return this.#array(type);
      case 'anything':
        return (value, path) => this.#anything(value, path);
    }
  }

  /** A type by name, or one derived from it, as `$type` says. */
  #named(name: string): WriteBody {
    const plan = planOf(this.#types, name);
    if (plan === undefined) return (value, path) => this.#anything(value, path);
    const own = this.#lazily(name);
    const derived = new Map((plan.derived ?? []).map((other) => [other, this.#lazily(other)] as const));
    return (value, path) => {
      const chosen = isObject(value) ? value[special.type] : undefined;
      if (chosen !== undefined && chosen !== name) {
        const other = typeof chosen === 'string' ? derived.get(chosen) : undefined;
        if (other === undefined || typeof chosen !== 'string')
          throw inputInvalid([...path, special.type], `must be one of ${[name, ...derived.keys()].join(', ')}`);
        const { attributes, content } = other(value, path);
        return { attributes: this.#typeAttribute(planOf(this.#types, chosen)) + attributes, content };
      }
      if (plan.abstract === true)
        throw inputInvalid(path, `must say by ${special.type} which it is: ${[...derived.keys()].join(', ')}`);
      const body = own(value, path);
      return this.#encoded ? { ...body, attributes: this.#typeAttribute(plan) + body.attributes } : body;
    };
  }

  #lazily(name: string): WriteBody {
    return (value, path) => {
      let body = this.#bodies.get(name);
      if (body === undefined) {
        const plan = planOf(this.#types, name);
        body = plan === undefined ? (any, at) => this.#anything(any, at) : this.#complex(plan);
        this.#bodies.set(name, body);
      }
      return body(value, path);
    };
  }

  #typeAttribute(plan: ComplexPlan | undefined): string {
    if (plan?.name === undefined) return '';
    const { namespace, name } = plan.name;
    return ` ${this.#prefixes.qualified(ns.xsi, 'type')}="${this.#prefixes.qualified(namespace, name)}"`;
  }

  #complex(plan: ComplexPlan): WriteBody {
    const attributes = plan.attributes.map((attribute) => this.#attribute(attribute));
    const { content } = plan;
    const write =
      content.kind === 'elements'
        ? this.#items(content.items)
        : content.kind === 'text'
          ? this.#text(content.property, content.simple)
          : content.kind === 'mixed'
            ? (object: Readonly<Record<string, unknown>>, path: readonly string[]) =>
                fragment(object[content.property], [...path, content.property])
            : () => '';
    return (value, path) => {
      if (!isObject(value)) throw inputInvalid(path, 'must be an object');
      let written = '';
      for (const attribute of attributes) written += attribute(value, path);
      if (plan.anyAttribute !== undefined) written += anyAttributes(value[plan.anyAttribute], path, this.#prefixes);
      return { attributes: written, content: write(value, path) };
    };
  }

  #attribute({ property, namespace, name, simple, fixed }: AttributePlan): WriteItems {
    const written = this.#prefixes.qualified(namespace, name);
    return (object, path) => {
      const value = object[property] ?? (fixed === undefined ? undefined : fixed);
      if (value === undefined || value === null) return '';
      return ` ${written}="${escapeAttribute(this.#lexical(simple, value, [...path, property]))}"`;
    };
  }

  #text(property: string, simple: Simple): WriteItems {
    return (object, path) => {
      const value = object[property];
      return value === undefined || value === null ? '' : this.#content(simple, value, [...path, property]);
    };
  }

  #simple(simple: Simple, name: { namespace: string; name: string } | undefined): WriteBody {
    const isTyped = this.#encoded && name !== undefined;
    const attributes = isTyped
      ? ` ${this.#prefixes.qualified(ns.xsi, 'type')}="${this.#prefixes.qualified(name.namespace, name.name)}"`
      : '';
    return (value, path) => ({ attributes, content: this.#content(simple, value, path) });
  }

  #wrapped(item: ElementItem): WriteBody {
    const write = this.element(item);
    return (value, path) => ({ attributes: '', content: members(value, path, write) });
  }

  /** SOAP 1.1 §5.4.2. */
  #array({ member, memberName }: Extract<TypeUse, { kind: 'array' }>): WriteBody {
    const write = this.element({
      kind: 'element',
      property: 'item',
      name: 'item',
      namespace: '',
      type: member,
      nillable: true,
    });
    const type = `${this.#prefixes.qualified(ns.xsi, 'type')}="${this.#prefixes.qualified(ns.encoding11, 'Array')}"`;
    const arrayType = this.#prefixes.qualified(ns.encoding11, 'arrayType');
    const of = this.#prefixes.qualified(memberName.namespace, memberName.name);
    return (value, path) => {
      const content = members(value, path, write);
      return { attributes: ` ${type} ${arrayType}="${of}[${(value as readonly unknown[]).length}]"`, content };
    };
  }

  #items(items: readonly Item[]): WriteItems {
    const writers = items.map((item) => this.#item(item));
    return (object, path) => {
      let written = '';
      for (const write of writers) written += write(object, path);
      return written;
    };
  }

  #item(item: Item): WriteItems {
    switch (item.kind) {
      case 'element':
        return this.#property(item);
      case 'choice':
        return this.#choice(item);
      case 'group': {
        const write = this.#alternatives(item.options);
        return (object, path) => {
          const value = object[item.property];
          if (value === undefined || value === null) return '';
          if (!Array.isArray(value)) throw inputInvalid([...path, item.property], 'must be a list');
          return value.map((one, index) => write(one, [...path, item.property, String(index)])).join('');
        };
      }
      case 'any':
        return (object, path) => {
          const value = object[item.property];
          if (value === undefined || value === null) return '';
          const texts: unknown[] = Array.isArray(value) ? value : [value];
          return texts.map((text, index) => elements(text, [...path, item.property, String(index)])).join('');
        };
    }
  }

  #property(item: ElementItem): WriteItems {
    const { property, list, optional, nillable, fixed } = item;
    const write = this.element(item);
    return (object, path) => {
      const value = object[property];
      if (value === undefined) return fixed !== undefined && optional !== true ? write(fixed, path) : '';
      if (value === null && nillable !== true) return '';
      if (list !== true) return write(value, [...path, property]);
      if (value === null) return '';
      return members(value, [...path, property], write);
    };
  }

  /** The first alternative that takes all of the properties that are there. */
  #choice({ options }: ChoiceItem): WriteItems {
    const writers = options.map((option) => ({
      write: this.#items(option),
      properties: new Set(option.flatMap(propertiesOf)),
    }));
    const all = new Set(writers.flatMap(({ properties }) => [...properties]));
    return (object, path) => {
      const present = [...all].filter((property) => object[property] !== undefined);
      if (present.length === 0) return '';
      const fitting = writers.find(({ properties }) => present.every((property) => properties.has(property)));
      if (fitting === undefined)
        throw inputInvalid([...path, present[0] ?? ''], `cannot be there together with ${present.slice(1).join(', ')}`);
      return fitting.write(object, path);
    };
  }

  #alternatives(options: readonly (readonly Item[])[]): WriteElement {
    const write = this.#choice({ kind: 'choice', options });
    return (value, path) => {
      if (!isObject(value)) throw inputInvalid(path, 'must be an object');
      return write(value, path);
    };
  }

  /** A value of any type: text and numbers with their type, an object as the XML that it holds. */
  #anything(value: unknown, path: readonly string[]): { attributes: string; content: string } {
    if (value === null || value === undefined)
      return { attributes: ` ${this.#prefixes.qualified(ns.xsi, 'nil')}="true"`, content: '' };
    if (isObject(value)) {
      const { [special.xml]: xml } = value;
      if (typeof xml !== 'string')
        throw inputInvalid(path, `must be text, a number, true or false, or { "${special.xml}": "…" }`);
      return {
        attributes: anyAttributes(value[special.attributes], path, this.#prefixes),
        content: fragment(xml, path),
      };
    }
    const builtin = builtinOf(value);
    const attributes = ` ${this.#prefixes.qualified(ns.xsi, 'type')}="${this.#prefixes.qualified(ns.xsd, builtin)}"`;
    return { attributes, content: this.#content({ builtin }, value, path) };
  }

  /** The content of an element. */
  #content(simple: Simple, value: unknown, path: readonly string[]): string {
    const text = this.#lexical(simple, value, path);
    return this.#attached.include(simple, text) ?? escapeText(text);
  }

  #lexical(simple: Simple, value: unknown, path: readonly string[]): string {
    const text = writeSimple(simple, value, (clarkName) => this.#qname(clarkName));
    if (text === undefined) throw inputInvalid(path, 'has no form that this type can be written in');
    return text;
  }

  #qname(clarkName: string): string {
    const [, namespace = '', name = clarkName] = /^(?:\{([^{}]*)\})?(.*)$/s.exec(clarkName) ?? [];
    return this.#prefixes.qualified(namespace, name);
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function members(value: unknown, path: readonly string[], write: WriteElement): string {
  if (!Array.isArray(value)) throw inputInvalid(path, 'must be a list');
  let written = '';
  for (let index = 0; index < value.length; index++) written += write(value[index], [...path, String(index)]);
  return written;
}
