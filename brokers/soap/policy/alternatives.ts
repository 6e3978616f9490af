import { attributeOf, childElements, type XmlElement } from '../../xml/index.js';
import { ns } from '../namespaces.js';

/** Assertions that hold together (WS-Policy 1.5 §3.2). */
export type Alternative = readonly XmlElement[];

/** Alternatives that one subject may have; those beyond are left aside. */
const MOST = 64;
/** References followed from one to the next. */
const MAX_HOPS = 100;

const policyNamespaces: ReadonlySet<string> = new Set([ns.policy12, ns.policy15]);

/** The policies of a description, found by their identifiers. */
export class Policies {
  readonly #byId = new Map<string, XmlElement>();
  readonly #known = new WeakMap<XmlElement, readonly Alternative[]>();
  readonly #referable = new WeakMap<XmlElement, readonly Alternative[]>();

  #hops = 0;

  /** @param definitions the `wsdl:definitions` elements */
  constructor(definitions: readonly XmlElement[]) {
    for (const element of definitions) {
      for (const policy of childElements(element).filter((child) => isOperator(child, 'Policy'))) {
        const id =
          attributeOf(policy, 'Id', ns.wsu) ?? attributeOf(policy, 'id', ns.xml) ?? attributeOf(policy, 'Name');
        if (id !== undefined && !this.#byId.has(id)) this.#byId.set(id, policy);
      }
    }
  }

  /**
   * The alternatives of what policies are attached to: by elements inside, by `wsp:PolicyReference`, by `wsp:PolicyURIs`
   * (WS-PolicyAttachment 1.5 §3.3). One without assertions where nothing is attached.
   */
  of(subjects: readonly XmlElement[]): readonly Alternative[] {
    return together(subjects.map((subject) => this.#attached(subject)));
  }

  #attached(subject: XmlElement): readonly Alternative[] {
    const known = this.#known.get(subject);
    if (known !== undefined) return known;
    const inside = childElements(subject).filter(
      (child) =>
        isOperator(child, 'Policy') || isOperator(child, 'PolicyReference') || child.name === 'UsingAddressing',
    );
    const named = [...policyNamespaces].flatMap(
      (namespace) => attributeOf(subject, 'PolicyURIs', namespace)?.trim().split(/\s+/) ?? [],
    );
    const made = together([
      ...inside.map((child) => this.#alternatives(child)),
      ...named.map((uri) => this.#referenced(uri)),
    ]);
    this.#known.set(subject, made);
    return made;
  }

  #alternatives(element: XmlElement): readonly Alternative[] {
    if (isOperator(element, 'PolicyReference')) return this.#referenced(attributeOf(element, 'URI') ?? '');
    const isChoice = isOperator(element, 'ExactlyOne');
    if (isChoice || isOperator(element, 'All') || isOperator(element, 'Policy')) {
      const parts = childElements(element).map((child) => this.#alternatives(child));
      return isChoice ? parts.flat().slice(0, MOST) : together(parts);
    }
    return isOptional(element) ? [[], [element]] : [[element]];
  }

  #referenced(uri: string): readonly Alternative[] {
    const policy = uri.startsWith('#') ? this.#byId.get(uri.slice(1)) : undefined;
    if (policy === undefined || this.#hops >= MAX_HOPS) return NOTHING;
    const known = this.#referable.get(policy);
    if (known !== undefined) return known;
    // What refers to itself adds nothing.
    this.#referable.set(policy, NOTHING);
    this.#hops += 1;
    const made = this.#alternatives(policy);
    this.#hops -= 1;
    this.#referable.set(policy, made);
    return made;
  }
}

const NOTHING: readonly Alternative[] = [[]];

/** Each with each; an assertion counts once. */
function together(parts: readonly (readonly Alternative[])[]): readonly Alternative[] {
  return parts.reduce<readonly Alternative[]>(
    (before, alternatives) =>
      before.flatMap((one) => alternatives.map((other) => [...new Set([...one, ...other])])).slice(0, MOST),
    NOTHING,
  );
}

const isOperator = ({ namespace, name }: XmlElement, operator: string): boolean =>
  name === operator && policyNamespaces.has(namespace);

/** WS-Policy 1.5 §4.3.1; an extension of WSDL is optional unless it says that it is required (WSDL 1.1 §2.1.3). */
function isOptional(assertion: XmlElement): boolean {
  const required = attributeOf(assertion, 'required', ns.wsdl);
  if (required !== undefined) return required !== 'true' && required !== '1';
  return [...policyNamespaces].some((namespace) => attributeOf(assertion, 'Optional', namespace) === 'true');
}
