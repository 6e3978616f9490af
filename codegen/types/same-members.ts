import type { Declaration, InterfaceDeclaration } from './declare.js';
import { printType } from './print-type.js';
import type { ObjectMember } from './ts-type.js';

/** Fewer members than this are no type of their own. */
const LEAST = 2;
/** Inputs that are no part of the body stand before it; with more of them than this, nobody looks. */
const MOST_BEFORE = 12;
/** Interfaces of the same members that are kept: more of them are no help. */
const MOST_ALIKE = 16;
/** More different members than any library has. */
const MEMBERS = 2 ** 24;

/** The row without members; every other row has one member more than another. */
const EMPTY = 0;

/**
 * Finds the interface that says what the last members of another one say, to the letter: a method's input is its parameters, then
 * the members of its body. Only interfaces that extend nothing and take no other members are candidates.
 *
 * Members that say the same have one number, and so have rows of them: each member is looked at once, from the last to the first.
 */
export class SameMembers {
  /** The last key → the interfaces that end with it and that nobody has asked about yet. */
  readonly #fresh = new Map<string, InterfaceDeclaration[]>();
  /** A row and the member before it → the row with both. */
  readonly #rows = new Map<number, number>();
  readonly #alike = new Map<number, InterfaceDeclaration[]>();
  readonly #numberOf = new Map<ObjectMember, number>();
  readonly #byText = new Map<string, number>();

  constructor(declarations: Iterable<Declaration>) {
    for (const declaration of declarations) this.add(declaration);
  }

  /** Makes a declaration a candidate, if it can be one. */
  add(declaration: Declaration): void {
    if (declaration.kind !== 'interface' || declaration.bases.length > 0 || declaration.index !== undefined) return;
    if (declaration.members.length < LEAST) return;
    const key = lastKey(declaration);
    const fresh = this.#fresh.get(key);
    if (fresh) fresh.push(declaration);
    else this.#fresh.set(key, [declaration]);
  }

  /** The declaration, extending the interface that has its last members where there is one that `suits`. */
  factor(declaration: InterfaceDeclaration, suits: (name: string) => boolean): InterfaceDeclaration {
    const { members } = declaration;
    if (declaration.bases.length > 0 || declaration.index !== undefined) return declaration;
    const fresh = this.#fresh.get(lastKey(declaration));
    if (fresh === undefined) return declaration;
    for (const candidate of fresh.splice(0)) this.#enter(candidate);
    const ends = this.#ends(members);
    for (let start = 0; start <= MOST_BEFORE && start <= members.length - LEAST; start++) {
      const row = ends[members.length - start];
      const found = row === undefined ? undefined : this.#alike.get(row)?.find(({ name }) => suits(name));
      if (found !== undefined) return { ...declaration, bases: [found.name], members: members.slice(0, start) };
    }
    return declaration;
  }

  #enter(declaration: InterfaceDeclaration): void {
    let row = EMPTY;
    for (const member of declaration.members.toReversed()) {
      const key = row * MEMBERS + this.#number(member);
      row = this.#rows.get(key) ?? this.#rows.size + 1;
      this.#rows.set(key, row);
    }
    const alike = this.#alike.get(row);
    if (alike === undefined) this.#alike.set(row, [declaration]);
    else if (alike.length < MOST_ALIKE) alike.push(declaration);
  }

  /** By how many members: the row of that many last members, as far as any candidate ends so. */
  #ends(members: readonly ObjectMember[]): number[] {
    const ends = [EMPTY];
    for (const member of members.toReversed()) {
      const row = this.#rows.get((ends.at(-1) ?? EMPTY) * MEMBERS + this.#number(member));
      if (row === undefined) break;
      ends.push(row);
    }
    return ends;
  }

  #number(member: ObjectMember): number {
    const known = this.#numberOf.get(member);
    if (known !== undefined) return known;
    const text = textOf(member);
    const number = this.#byText.get(text) ?? this.#byText.size;
    this.#byText.set(text, number);
    this.#numberOf.set(member, number);
    return number;
  }
}

const lastKey = ({ members }: InterfaceDeclaration): string => members.at(-1)?.key ?? '';

function textOf({ key, optional, type, doc }: ObjectMember): string {
  const printed = type.flat ?? printType(type, { indent: 2, column: 2, trailing: 0 });
  return `${key}${optional ? '?' : ''}: ${printed}\n${doc.join('\n')}`;
}
