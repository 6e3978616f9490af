import { attributeOf, childElements, type XmlElement } from '../../xml/index.js';
import { ns } from '../namespaces.js';

/** Assertions that hold together (WS-Policy 1.5 §3.2). */
export type Alternative = readonly XmlElement[];

/** Alternatives that one subject may have; those beyond are left aside. */
const MOST = 64;
/** Assertions of one alternative; those beyond are left aside. */
const MOST_ASSERTIONS = 250;
/** Operators and references within one another. */
const MAX_DEPTH = 100;
/** Operators, references and assertions of one description; those beyond are left aside. */
const MOST_ELEMENTS = 50_000;

const policyNamespaces: ReadonlySet<string> = new Set([ns.policy12, ns.policy15]);

/** The policies of a description, found by their identifiers. */
export class Policies {
  readonly #byId = new Map<string, XmlElement>();
  readonly #known = new WeakMap<XmlElement, readonly Alternative[]>();
  readonly #referable = new WeakMap<XmlElement, readonly Alternative[]>();

  #depth = 0;
  #left = MOST_ELEMENTS;

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
      ...named.map((uri) => this.#bounded(() => this.#referenced(uri))),
    ]);
    this.#known.set(subject, made);
    return made;
  }

  #alternatives(element: XmlElement): readonly Alternative[] {
    return this.#bounded(() => this.#read(element));
  }

  #bounded(read: () => readonly Alternative[]): readonly Alternative[] {
    if (this.#left === 0 || this.#depth >= MAX_DEPTH) return NOTHING;
    this.#left -= 1;
    this.#depth += 1;
    const made = read();
    this.#depth -= 1;
    return made;
  }

  #read(element: XmlElement): readonly Alternative[] {
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
    if (policy === undefined) return NOTHING;
    const known = this.#referable.get(policy);
    if (known !== undefined) return known;
    // What refers to itself adds nothing.
    this.#referable.set(policy, NOTHING);
    const made = this.#alternatives(policy);
    this.#referable.set(policy, made);
    return made;
  }
}

const NOTHING: readonly Alternative[] = [[]];

/** Each with each; an assertion counts once. */
function together(parts: readonly (readonly Alternative[])[]): readonly Alternative[] {
  const [first = NOTHING, ...others] = parts.filter((part) => part !== NOTHING);
  if (others.length === 0) return first;
  return others.reduce(eachWithEach, first).map((one) => [...new Set(one)]);
}

function eachWithEach(before: readonly Alternative[], alternatives: readonly Alternative[]): readonly Alternative[] {
  const made: Alternative[] = [];
  for (const one of before) {
    for (const other of alternatives) {
      if (made.length === MOST) return made;
      made.push(one.length >= MOST_ASSERTIONS ? one : [...one, ...other].slice(0, MOST_ASSERTIONS));
    }
  }
  return made;
}

const isOperator = ({ namespace, name }: XmlElement, operator: string): boolean =>
  name === operator && policyNamespaces.has(namespace);

/** WS-Policy 1.5 §4.3.1; an extension of WSDL is optional unless it says that it is required (WSDL 1.1 §2.1.3). */
function isOptional(assertion: XmlElement): boolean {
  const required = attributeOf(assertion, 'required', ns.wsdl);
  if (required !== undefined) return required !== 'true' && required !== '1';
  return [...policyNamespaces].some((namespace) => attributeOf(assertion, 'Optional', namespace) === 'true');
}
