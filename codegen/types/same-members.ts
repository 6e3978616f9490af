import type { Declaration, InterfaceDeclaration } from './declare.js';
import { printMembers } from './print-type.js';
import type { ObjectMember } from './ts-type.js';

/** Fewer members than this are no type of their own. */
const LEAST = 2;
/** Inputs that are no part of the body stand before it; with more of them than this, nobody looks. */
const MOST_BEFORE = 12;
/** Interfaces of the same members that are kept: more of them are no help. */
const MOST_ALIKE = 16;

/**
 * Finds the interface that says what the last members of another one say, to the letter: a method's input is its parameters, then
 * the members of its body. Only interfaces that extend nothing and take no other members are candidates.
 */
export class SameMembers {
  /** Keys → the interfaces with them that nobody has asked about yet, and those that have been printed, by their text. */
  readonly #byKeys = new Map<string, { fresh: InterfaceDeclaration[]; byText: Map<string, InterfaceDeclaration[]> }>();

  constructor(declarations: Iterable<Declaration>) {
    for (const declaration of declarations) this.add(declaration);
  }

  /** Makes a declaration a candidate, if it can be one. */
  add(declaration: Declaration): void {
    if (declaration.kind !== 'interface' || declaration.bases.length > 0 || declaration.index !== undefined) return;
    if (declaration.members.length < LEAST) return;
    const keys = keysOf(declaration.members);
    const group = this.#byKeys.get(keys);
    if (group) group.fresh.push(declaration);
    else this.#byKeys.set(keys, { fresh: [declaration], byText: new Map() });
  }

  /** The declaration, extending the interface that has its last members where there is one that `suits`. */
  factor(declaration: InterfaceDeclaration, suits: (name: string) => boolean): InterfaceDeclaration {
    const { members } = declaration;
    if (declaration.bases.length > 0 || declaration.index !== undefined) return declaration;
    for (let start = 0; start <= MOST_BEFORE && start <= members.length - LEAST; start++) {
      const last = members.slice(start);
      const found = this.#alike(last).find(({ name }) => suits(name));
      if (found !== undefined) return { ...declaration, bases: [found.name], members: members.slice(0, start) };
    }
    return declaration;
  }

  /** The interfaces with these very members, a few of them. */
  #alike(members: readonly ObjectMember[]): readonly InterfaceDeclaration[] {
    const group = this.#byKeys.get(keysOf(members));
    if (group === undefined) return [];
    for (const declaration of group.fresh.splice(0)) {
      const text = printMembers({ members: declaration.members }, 2);
      const same = group.byText.get(text);
      if (same === undefined) group.byText.set(text, [declaration]);
      else if (same.length < MOST_ALIKE) same.push(declaration);
    }
    return group.byText.get(printMembers({ members }, 2)) ?? [];
  }
}

const keysOf = (members: readonly ObjectMember[]): string =>
  members.map(({ key, optional }) => key + (optional ? '?' : '')).join(' ');
