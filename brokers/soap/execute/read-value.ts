import type { TypeMap } from '../../../config/model/json-schema.js';
import {
  attributeOf,
  childElements,
  clark,
  type QName,
  resolveQName,
  textOf,
  writeContent,
  writeElement,
  type XmlElement,
} from '../../xml/index.js';
import { isEncodingNamespace, ns } from '../namespaces.js';
import type { AnyItem, ComplexPlan, ElementItem, GroupItem, Item, Simple, TypeUse } from '../plan.js';
import { readSimple } from '../xsd/lexical.js';
import { special } from '../xsd/property-names.js';
import { builtinType } from '../xsd/simple-types.js';
import { planOf } from './plan-of.js';
import { propertiesOf } from './properties-of.js';

/** Reads an element's value. */
export type ReadElement = (element: XmlElement, message: MessageScope) => unknown;

/** What a message has beside the element that is being read. */
export interface MessageScope {
  /** The element that another one refers to by its `href` (SOAP 1.1 §5.4.1), or itself. */
  target(element: XmlElement): XmlElement;
  /** The attachment that an element stands for, as base64 (XOP §2.1). */
  attachment(element: XmlElement): string | undefined;
}

type Values = Record<string, unknown>;
type ReadContent = (element: XmlElement, into: Values, message: MessageScope) => void;

/**
 * Compiles plans into functions that read what services answer. Services are not held to their schema: an element in another
 * namespace or another order is taken by its name, one that is not known is left out, and text that is no value of its type is
 * given as it is.
 */
export class Reader {
  readonly #types: TypeMap;
  readonly #named = new Map<string, ReadElement>();
  /** Concrete types by their XML name, for `xsi:type`. */
  readonly #byName = new Map<string, string>();

  constructor(types: TypeMap) {
    this.#types = types;
    for (const name of Object.keys(types)) {
      const plan = planOf(types, name);
      if (plan?.name !== undefined) this.#byName.set(clark(plan.name), name);
    }
  }

  element(item: Pick<ElementItem, 'type' | 'nillable'>): ReadElement {
    const read = this.#read(item.type);
    return (element, message) => {
      const target = message.target(element);
      return isNil(target) ? null : read(target, message);
    };
  }

  #read(type: TypeUse): ReadElement {
    switch (type.kind) {
      case 'named':
        return this.#polymorphic(type.type);
      case 'complex':
        return this.#complex(type.plan);
      case 'simple':
        return (element, message) => readText(type.simple, element, message);
      case 'wrapped': {
        const read = this.element(type.item);
        return (element, message) => childElements(element).map((child) => read(child, message));
      }
      case 'array': {
        const read = this.element({ type: type.member });
        return (element, message) => childElements(element).map((child) => read(child, message));
      }
      case 'anything':
        return (element, message) => this.#anything(element, message);
    }
  }

  /** By the declared type, or the derived one that `xsi:type` names. */
  #polymorphic(name: string): ReadElement {
    const derived = planOf(this.#types, name)?.derived ?? [];
    if (derived.length === 0) return this.#lazily(name);
    return (element, message) => {
      const written = typeOf(element);
      const actual = written === undefined ? undefined : this.#byName.get(clark(written));
      if (actual === undefined || actual === name) return this.#lazily(name)(element, message);
      if (!derived.includes(actual)) return this.#lazily(name)(element, message);
      return { [special.type]: actual, ...(this.#lazily(actual)(element, message) as Values) };
    };
  }

  #lazily(name: string): ReadElement {
    return (element, message) => {
      let read = this.#named.get(name);
      if (read === undefined) {
        const plan = planOf(this.#types, name);
        read = plan === undefined ? (any, at) => this.#anything(any, at) : this.#complex(plan);
        this.#named.set(name, read);
      }
      return read(element, message);
    };
  }

  #complex(plan: ComplexPlan): ReadElement {
    const attributes = new Map(plan.attributes.map((attribute) => [clark(attribute), attribute] as const));
    const { anyAttribute } = plan;
    const content = this.#content(plan);
    return (element, message) => {
      const values: Values = {};
      content(element, values, message);
      if (element.attributes.length > 0) {
        for (const { namespace, name, value } of element.attributes) {
          const attribute = attributes.get(`{${namespace}}${name}`);
          if (attribute !== undefined) values[attribute.property] = readLexical(attribute.simple, value, element);
          else if (anyAttribute !== undefined && namespace !== ns.xsi && !isEncodingNamespace(namespace)) {
            const others = (values[anyAttribute] ?? {}) as Values;
            others[namespace === '' ? name : `{${namespace}}${name}`] = value;
            values[anyAttribute] = others;
          }
        }
      }
      return values;
    };
  }

  #content({ content }: ComplexPlan): ReadContent {
    switch (content.kind) {
      case 'empty':
        return () => undefined;
      case 'text':
        return (element, into, message) => {
          into[content.property] = readText(content.simple, element, message);
        };
      case 'mixed':
        return (element, into) => {
          const xml = writeContent(element);
          if (xml !== '') into[content.property] = xml;
        };
      case 'elements':
        return this.#elements(content.items);
    }
  }

  #elements(items: readonly Item[]): ReadContent {
    const slots = new Slots(items, (item) => this.element(item));
    return (element, into, message) => {
      for (const child of element.content) if (typeof child !== 'string') slots.take(child, into, message);
    };
  }

  /** The opposite of what a value of any type is written as. */
  #anything(element: XmlElement, message: MessageScope): unknown {
    const written = typeOf(element);
    if (written !== undefined) {
      const builtin = builtinType(written);
      if (builtin !== undefined) return readText(builtin.simple, element, message);
      const name = this.#byName.get(clark(written));
      if (name !== undefined) return { [special.type]: name, ...(this.#lazily(name)(element, message) as Values) };
      if (isEncodingNamespace(written.namespace) && written.name === 'Array')
        return childElements(element).map((child) => this.#anything(message.target(child), message));
    }
    const hasElements = element.content.some((child) => typeof child !== 'string');
    if (!hasElements && element.attributes.every(({ namespace }) => namespace === ns.xsi)) return textOf(element);
    const attributes = element.attributes.filter(({ namespace }) => namespace !== ns.xsi);
    return {
      ...(attributes.length === 0
        ? {}
        : {
            [special.attributes]: Object.fromEntries(
              attributes.map((one) => [one.namespace === '' ? one.name : clark(one), one.value]),
            ),
          }),
      [special.xml]: writeContent(element),
    };
  }
}

/** Where the children of an element go. */
class Slots {
  readonly #exact = new Map<string, Slot[]>();
  /** By local name alone, where only one has it. */
  readonly #local = new Map<string, Slot[]>();
  readonly #any: AnyItem | undefined;

  constructor(items: readonly Item[], compile: (item: ElementItem) => ReadElement) {
    let any: AnyItem | undefined;
    const add = (item: ElementItem, group: GroupItem | undefined): void => {
      const slot: Slot = { item, group, read: compile(item) };
      push(this.#exact, clark(item), slot);
      push(this.#local, item.name, slot);
    };
    const visit = (item: Item, group: GroupItem | undefined): void => {
      if (item.kind === 'element') add(item, group);
      else if (item.kind === 'any') any ??= item;
      else
        for (const option of item.options)
          for (const inner of option) visit(inner, item.kind === 'group' ? (group ?? item) : group);
    };
    for (const item of items) visit(item, undefined);
    this.#any = any;
  }

  take(child: XmlElement, into: Values, message: MessageScope): void {
    const slots =
      this.#exact.get(`{${child.namespace}}${child.name}`) ??
      (this.#any === undefined ? this.#local.get(child.name) : undefined);
    if (slots !== undefined) fill(slots, child, into, message);
    else if (this.#any !== undefined) put(this.#any, writeElement(child), into);
  }
}

interface Slot {
  readonly item: ElementItem;
  readonly group: GroupItem | undefined;
  readonly read: ReadElement;
}

function fill(slots: readonly Slot[], child: XmlElement, into: Values, message: MessageScope): void {
  const slot =
    slots.find(({ item, group }) => group !== undefined || item.list === true || into[item.property] === undefined) ??
    slots.at(-1);
  if (slot === undefined) return;
  const { item, group, read } = slot;
  const value = read(child, message);
  put(item, value, group === undefined ? into : repetition(group, item, into));
}

/** The object of a repeating group that an element belongs to: the last one, as long as it fits in. */
function repetition(group: GroupItem, item: ElementItem, into: Values): Values {
  const repeated = (into[group.property] ?? []) as Values[];
  into[group.property] = repeated;
  const last = repeated.at(-1);
  const isFree = last !== undefined && (item.list === true || last[item.property] === undefined);
  if (isFree && fits(group, last, item.property)) return last;
  const next: Values = {};
  repeated.push(next);
  return next;
}

/** Whether a property may join those that a repetition has already. */
function fits({ options }: GroupItem, values: Values, property: string): boolean {
  const present = Object.keys(values);
  return options.some((option) => {
    const known = new Set(option.flatMap(propertiesOf));
    return known.has(property) && present.every((name) => known.has(name));
  });
}

function put(item: Pick<ElementItem, 'property' | 'list'>, value: unknown, into: Values): void {
  if (item.list !== true) into[item.property] = value;
  else {
    const list = into[item.property];
    if (Array.isArray(list)) list.push(value);
    else into[item.property] = [value];
  }
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

export const isNil = (element: XmlElement): boolean => {
  if (element.attributes.length === 0) return false;
  const nil = attributeOf(element, 'nil', ns.xsi);
  return nil === 'true' || nil === '1';
};

function typeOf(element: XmlElement): QName | undefined {
  if (element.attributes.length === 0) return undefined;
  const written = attributeOf(element, 'type', ns.xsi);
  return written === undefined ? undefined : resolveQName(written, element.scope);
}

function readText(simple: Simple, element: XmlElement, message: MessageScope): unknown {
  const isBinary = 'builtin' in simple && (simple.builtin === 'base64Binary' || simple.builtin === 'hexBinary');
  return (isBinary ? message.attachment(element) : undefined) ?? readLexical(simple, textOf(element), element);
}

/** A value, or the text itself where it is none of the type. */
function readLexical(simple: Simple, text: string, element: XmlElement): unknown {
  const value = readSimple(simple, text, (name) => {
    const resolved = resolveQName(name, element.scope);
    return resolved === undefined ? undefined : resolved.namespace === '' ? resolved.name : clark(resolved);
  });
  return value === undefined ? text : value;
}
