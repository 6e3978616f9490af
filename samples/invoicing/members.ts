import { MessageFault } from './fault.js';
import { ns } from './namespaces.js';
import type { Element } from './xml-document.js';

/** The child elements of an element. */
export const childrenOf = (element: Element): Element[] =>
  Array.from(element.childNodes).filter((node): node is Element => node.nodeType === 1);

/** Whether an element says of itself that it is null. */
export const isNil = (element: Element): boolean => /^(?:true|1)$/.test(element.getAttributeNS(ns.xsi, 'nil') ?? '');

/**
 * The members of a data contract, taken in the order that the contract has them. What is not named, or stands where it must not, is
 * the sender's fault: this service is strict, so that a client which writes something wrong notices it.
 */
export class Members {
  readonly #parent: Element;
  readonly #elements: Element[];
  readonly #namespace: string;

  constructor(parent: Element, namespace: string) {
    this.#parent = parent;
    this.#elements = childrenOf(parent);
    this.#namespace = namespace;
  }

  /** The next element, when it is the one of this name. */
  optional(name: string, namespace = this.#namespace): Element | undefined {
    const [next] = this.#elements;
    if (next?.localName !== name || next.namespaceURI !== namespace) return undefined;
    return this.#elements.shift();
  }

  required(name: string, namespace = this.#namespace): Element {
    const taken = this.optional(name, namespace);
    if (taken !== undefined) return taken;
    const [next] = this.#elements;
    const found = next === undefined ? 'nothing' : `{${next.namespaceURI ?? ''}}${next.localName}`;
    throw new MessageFault(`<${this.#parent.localName}> has ${found} where {${namespace}}${name} was expected.`);
  }

  /** Every next element of the name. */
  all(name: string, namespace = this.#namespace): Element[] {
    const taken: Element[] = [];
    for (let next = this.optional(name, namespace); next !== undefined; next = this.optional(name, namespace))
      taken.push(next);
    return taken;
  }

  /** @throws MessageFault when something is left. */
  end(): void {
    const [next] = this.#elements;
    if (next === undefined) return;
    throw new MessageFault(
      `<${this.#parent.localName}> has {${next.namespaceURI ?? ''}}${next.localName}, which is not expected there.`,
    );
  }
}
