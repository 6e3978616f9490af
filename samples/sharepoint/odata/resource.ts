import type { Readable } from 'node:stream';
import type { Call } from '../call.js';
import type { Args } from './literal.js';
import type { QueryOptions } from './query-options.js';

/** What a path leads to, or a call returns. */
export type Resource = Entity | Collection | Plain | Content | Nothing;

/** By proper name; paths find them without regard to case. */
export type Members = Readonly<Record<string, Member>>;

/** A step from one resource to the next: a property or function that is read, or an action that is posted. */
export type Member =
  | { readonly get: (args: Args) => Resource; readonly needsArgs?: boolean }
  | { readonly post: (args: Args, call: Call) => Resource | Promise<Resource> };

export interface Entity {
  readonly kind: 'entity';
  /** `SP.List`. */
  readonly type: string;
  /** Below `_api/`. */
  readonly uri: string;
  /** Where it is not its address. */
  readonly id?: string;
  /** With its quotes. */
  readonly etag?: string;
  properties(): Readonly<Record<string, unknown>>;
  /** Properties that are only given when they are selected. */
  onDemand?(): Readonly<Record<string, unknown>>;
  members(): Members;
  /** @returns the ETag afterwards */
  merge?(call: Call): Promise<Entity>;
  remove?(call: Call): void | Promise<void>;
}

export interface Page {
  readonly entities: readonly Entity[];
  /** The next page's `$skiptoken`. */
  readonly next?: string;
}

export interface Collection {
  readonly kind: 'collection';
  /** Of its entities. */
  readonly type: string;
  readonly uri: string;
  page(query: QueryOptions): Page;
  /** `(3)`, `('x')`, `(guid'…')`. */
  byKey?(args: Args): Resource;
  members(): Members;
  create?(call: Call): Promise<Resource>;
}

/** A value that is no entity. */
export interface Plain {
  readonly kind: 'plain';
  /** The function's name: what `odata=verbose` wraps it in. */
  readonly name: string;
  readonly value: unknown;
  /** Of a complex value: `SP.ContextWebInformation`. */
  readonly type?: string;
}

export interface Content {
  readonly kind: 'content';
  /** Bytes. */
  readonly length: number;
  readonly mediaType: string;
  readonly etag?: string;
  read(start: number, end: number): Readable;
  write?(call: Call): Promise<void>;
}

/** `undefined` answers 204-like; `null` is an absent entity. */
export interface Nothing {
  readonly kind: 'nothing';
  readonly name: string;
}

export const plain = (name: string, value: unknown, type?: string): Plain => ({
  kind: 'plain',
  name,
  value,
  ...(type !== undefined && { type }),
});

export const nothing = (name: string): Nothing => ({ kind: 'nothing', name });

/** A member by its name without regard to case. */
export function memberOf(members: Members, name: string): { name: string; member: Member } | undefined {
  const exact = members[name];
  if (exact !== undefined) return { name, member: exact };
  const lower = name.toLowerCase();
  const found = Object.keys(members).find((key) => key.toLowerCase() === lower);
  const member = found === undefined ? undefined : members[found];
  return found === undefined || member === undefined ? undefined : { name: found, member };
}
