import type { Declaration, InterfaceDeclaration } from './declare.js';
import { printMembers } from './print-type.js';
import type { ObjectMember } from './ts-type.js';

/** Fewer members than this are no type of their own. */
const LEAST = 2;
/** Inputs that are no part of the body stand before it; with more of them than this, nobody looks. */
const MOST_BEFORE = 12;

/**
 * Finds the interface that says what the last members of another one say, to the letter: a method's input is its parameters, then
 * the members of its body. Only interfaces that extend nothing and take no other members are candidates.
 */
export class SameMembers {
  readonly #byKeys = new Map<string, InterfaceDeclaration[]>();

  constructor(declarations: Iterable<Declaration>) {
    for (const declaration of declarations) this.add(declaration);
  }

  /** Makes a declaration a candidate, if it can be one. */
  add(declaration: Declaration): void {
    if (declaration.kind !== 'interface' || declaration.bases.length > 0 || declaration.index !== undefined) return;
    if (declaration.members.length < LEAST) return;
    const keys = keysOf(declaration.members);
    const same = this.#byKeys.get(keys);
    if (same) same.push(declaration);
    else this.#byKeys.set(keys, [declaration]);
  }

  /** The declaration, extending the interface that has its last members where there is one that `suits`. */
  factor(declaration: InterfaceDeclaration, suits: (name: string) => boolean): InterfaceDeclaration {
    const { members } = declaration;
    if (declaration.bases.length > 0 || declaration.index !== undefined) return declaration;
    for (let start = 0; start <= MOST_BEFORE && start <= members.length - LEAST; start++) {
      const last = members.slice(start);
      const text = (of: readonly ObjectMember[]): string => printMembers({ members: of }, 2);
      const found = this.#byKeys
        .get(keysOf(last))
        ?.find(({ name, members: theirs }) => suits(name) && text(theirs) === text(last));
      if (found !== undefined) return { ...declaration, bases: [found.name], members: members.slice(0, start) };
    }
    return declaration;
  }
}

const keysOf = (members: readonly ObjectMember[]): string =>
  members.map(({ key, optional }) => key + (optional ? '?' : '')).join(' ');
