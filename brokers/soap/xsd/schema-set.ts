import { attributeOf, childElements, clark, type QName, resolveQName, type XmlElement } from '../../xml/index.js';
import { catalogued } from '../load/catalogue/index.js';
import type { LoadedSchema } from '../load/documents.js';
import { ns } from '../namespaces.js';

/** The symbol spaces of a schema (Part 1 §2.5) that its messages need; simple and complex types share one. */
export type ComponentKind = 'element' | 'type' | 'group' | 'attributeGroup' | 'attribute';

/** What a component's schema says for all that stands in it. */
export interface SchemaContext {
  readonly targetNamespace: string;
  /** `elementFormDefault="qualified"`. */
  readonly qualifiedElements: boolean;
  readonly qualifiedAttributes: boolean;
  readonly url: string;
}

/** A named top-level component. */
export interface Component {
  readonly kind: ComponentKind;
  readonly name: QName;
  readonly element: XmlElement;
  readonly context: SchemaContext;
  /** What `xs:redefine` replaced by this one: what it means by its own name (Part 1 §4.2.2). */
  readonly original?: Component;
}

const kindOf: Readonly<Record<string, ComponentKind>> = {
  element: 'element',
  simpleType: 'type',
  complexType: 'type',
  group: 'group',
  attributeGroup: 'attributeGroup',
  attribute: 'attribute',
};

/** All schemas of a description, by component. */
export class SchemaSet {
  readonly #components = new Map<string, Component>();
  /** Base type → the types that name it as their base. */
  readonly #derived = new Map<string, Component[]>();
  /** Head → the elements that may stand for it. */
  readonly #substitutes = new Map<string, Component[]>();
  readonly #namespaces = new Set<string>();

  constructor(schemas: readonly LoadedSchema[]) {
    for (const schema of schemas) this.#add(schema);
  }

  /**
   * The component of a name. A name without a namespace is also looked for in the namespace of the schema that uses it: sloppy
   * documents mean that.
   */
  find(kind: ComponentKind, name: QName, from?: SchemaContext): Component | undefined {
    return (
      this.#components.get(key(kind, name)) ??
      this.#fromCatalogue(kind, name) ??
      (name.namespace === '' && from !== undefined && from.targetNamespace !== ''
        ? this.#components.get(key(kind, { ...name, namespace: from.targetNamespace }))
        : undefined)
    );
  }

  /** The types derived from a type, at any remove. */
  derivedFrom(base: QName): Component[] {
    return this.#closure(this.#derived, clark(base));
  }

  /** The elements that may stand in place of one, itself left out (Part 1 §3.3.6). */
  substitutesFor(head: QName): Component[] {
    return this.#closure(this.#substitutes, clark(head));
  }

  #closure(edges: ReadonlyMap<string, readonly Component[]>, start: string): Component[] {
    const found = new Map<string, Component>();
    const pending = [...(edges.get(start) ?? [])];
    for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
      const name = clark(next.name);
      if (name === start || found.has(name)) continue;
      found.set(name, next);
      pending.push(...(edges.get(name) ?? []));
    }
    return [...found.values()];
  }

  #fromCatalogue(kind: ComponentKind, name: QName): Component | undefined {
    if (this.#namespaces.has(name.namespace)) return undefined;
    const element = catalogued(name.namespace);
    if (element === undefined) return undefined;
    this.#add({ element, targetNamespace: name.namespace, url: name.namespace, redefinedBy: [] });
    return this.#components.get(key(kind, name));
  }

  #add({ element, targetNamespace, url, redefinedBy }: LoadedSchema): void {
    this.#namespaces.add(targetNamespace);
    const context = {
      targetNamespace,
      qualifiedElements: attributeOf(element, 'elementFormDefault') === 'qualified',
      qualifiedAttributes: attributeOf(element, 'attributeFormDefault') === 'qualified',
      url,
    };
    for (const child of childElements(element, ns.xsd)) {
      const component = componentOf(child, context);
      if (component !== undefined) this.#put(redefined(component, redefinedBy));
    }
  }

  #put(component: Component): void {
    const place = key(component.kind, component.name);
    // Two schemas of one namespace that both define a name are met in the field; the first stands.
    if (this.#components.has(place)) return;
    this.#components.set(place, component);
    const { element, context } = component;
    if (component.kind === 'type') {
      const base = baseOf(element, context);
      if (base !== undefined) push(this.#derived, clark(base), component);
    }
    const head = attributeOf(element, 'substitutionGroup');
    if (component.kind !== 'element' || head === undefined) return;
    // XML Schema 1.1 allows several heads.
    for (const one of head.trim().split(/\s+/)) {
      const name = schemaName(one, element, context);
      if (name !== undefined) push(this.#substitutes, clark(name), component);
    }
  }
}

const key = (kind: ComponentKind, name: QName): string => `${kind} ${clark(name)}`;

function push(map: Map<string, Component[]>, at: string, component: Component): void {
  const list = map.get(at);
  if (list === undefined) map.set(at, [component]);
  else list.push(component);
}

function componentOf(element: XmlElement, context: SchemaContext): Component | undefined {
  const kind = Object.hasOwn(kindOf, element.name) ? kindOf[element.name] : undefined;
  const name = attributeOf(element, 'name')?.trim();
  if (kind === undefined || name === undefined || name === '') return undefined;
  return { kind, name: { namespace: context.targetNamespace, name }, element, context };
}

/** The component with the redefinitions through which its schema was included, the innermost first. */
function redefined(component: Component, redefinedBy: readonly XmlElement[]): Component {
  let current = component;
  for (const redefine of redefinedBy.toReversed()) {
    const replacement = childElements(redefine, ns.xsd).find((child) => {
      const other = componentOf(child, component.context);
      return other?.kind === component.kind && other.name.name === component.name.name;
    });
    if (replacement !== undefined) current = { ...component, element: replacement, original: current };
  }
  return current;
}

/**
 * The name that a schema's attribute holds. In a schema without a namespace of its own that another one includes, names without a
 * prefix are in the namespace of the other (Part 1 §4.2.1).
 */
export function schemaName(value: string, element: XmlElement, context: SchemaContext): QName | undefined {
  const name = resolveQName(value, element.scope);
  if (name === undefined) return undefined;
  const isChameleon = name.namespace === '' && !value.includes(':') && context.targetNamespace !== '';
  return isChameleon ? { namespace: context.targetNamespace, name: name.name } : name;
}

/** The base that a type names: of its extension or restriction. */
function baseOf(type: XmlElement, context: SchemaContext): QName | undefined {
  for (const child of childElements(type, ns.xsd)) {
    const derivation =
      child.name === 'complexContent' || child.name === 'simpleContent'
        ? childElements(child, ns.xsd).find(({ name }) => name === 'extension' || name === 'restriction')
        : child.name === 'restriction'
          ? child
          : undefined;
    const base = derivation === undefined ? undefined : attributeOf(derivation, 'base');
    if (derivation !== undefined && base !== undefined) return schemaName(base, derivation, context);
  }
  return undefined;
}
