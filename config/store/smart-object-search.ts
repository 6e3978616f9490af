import type { Visibility } from '../model/designer.js';
import type { MethodKind } from '../model/service-object.js';

/** What designers narrow a search by; what is absent narrows nothing. */
export interface SmartSearch {
  /** Words; each must stand in a system or display name, in any order and case. */
  readonly search?: string;
  /** A category, with all that is below it. */
  readonly category?: string;
  /** System name of the service instance. */
  readonly instance?: string;
  readonly kind?: MethodKind;
}

/** Which part of what is found. */
export interface Page extends SmartSearch {
  /** Default 100, at most 1,000. */
  readonly limit?: number;
  /** How many are passed over; default 0. It does not go with `after`. */
  readonly offset?: number;
  /** The `next` of the page before. */
  readonly after?: string;
}

/** A page of what is found. */
export interface Found<T> {
  readonly items: T[];
  /** How many there are on all pages. */
  readonly total: number;
  /** Names the page that follows; absent on the last one. */
  readonly next?: string;
}

/** A method as a list of thousands shows it. */
export interface MethodEntry {
  /** System name of its SmartObject. */
  readonly object: string;
  readonly objectDisplayName: string;
  readonly category: string;
  readonly instance: string;
  readonly name: string;
  readonly displayName: string;
  /** The first 300 characters. */
  readonly description?: string;
  readonly kind: MethodKind;
  readonly visibility?: Visibility;
  readonly deprecated?: boolean;
}

/** A value to narrow a search by, and how many methods have it. */
export interface Facet {
  readonly value: string;
  readonly methods: number;
}

/** All values to narrow a search by. */
export interface Facets {
  readonly categories: readonly Facet[];
  readonly instances: readonly Facet[];
  readonly kinds: readonly Facet[];
}
