import { attributeOf, childElements, clark, type QName, resolveQName, type XmlElement } from '../../xml/index.js';
import type { LoadedDefinitions } from '../load/documents.js';
import { ns } from '../namespaces.js';
import { Policies } from '../policy/alternatives.js';

/** A WSDL component with the namespace that it is defined in. */
export interface Defined {
  readonly name: QName;
  readonly element: XmlElement;
  readonly url: string;
}

type Kind = 'message' | 'portType' | 'binding';

/** The components of all WSDL documents of a description (WSDL 1.1 §2.1). */
export class Wsdl {
  readonly services: readonly Defined[];
  readonly bindings: readonly Defined[];
  readonly policies: Policies;
  readonly #components = new Map<string, Defined>();

  constructor(documents: readonly LoadedDefinitions[]) {
    this.policies = new Policies(documents.map(({ element }) => element));
    const services: Defined[] = [];
    const bindings: Defined[] = [];
    for (const { element: definitions, url } of documents) {
      const namespace = attributeOf(definitions, 'targetNamespace') ?? '';
      for (const element of childElements(definitions, ns.wsdl)) {
        const component = { name: { namespace, name: attributeOf(element, 'name') ?? '' }, element, url };
        if (element.name === 'service') services.push(component);
        if (element.name === 'binding') bindings.push(component);
        const key = `${element.name} ${clark(component.name)}`;
        if (!this.#components.has(key)) this.#components.set(key, component);
      }
    }
    this.services = services;
    this.bindings = bindings;
  }

  /** What an attribute names. A name without a namespace is also looked for in every namespace: sloppy documents mean that. */
  find(kind: Kind, value: string, at: XmlElement): Defined | undefined {
    const name = resolveQName(value, at.scope);
    const exact = name === undefined ? undefined : this.#components.get(`${kind} ${clark(name)}`);
    if (exact !== undefined) return exact;
    const local = value.slice(value.indexOf(':') + 1).trim();
    return [...this.#components].find(
      ([key, { name: found }]) => key.startsWith(`${kind} `) && found.name === local,
    )?.[1];
  }
}
