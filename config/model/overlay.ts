import type { DataType } from './data-type.js';
import type { Visibility } from './designer.js';
import type { PagingPlan } from './paging-plan.js';
import type { MethodKind } from './service-object.js';

/**
 * What an admin changes in what discovery finds on a service instance. Every rule names things by the names that discovery gives,
 * also where another rule renames them, so rules do not depend on one another's order. It is applied after each discovery; a rule
 * that matches nothing any more becomes a diagnostic.
 */
export interface Overlay {
  /**
   * Leaves these out: `Contact`, `Contact.Delete` or `DELETE /contacts/{id}`; `*` stands for any text. What is left out is not
   * generated and cannot be called.
   */
  readonly hide?: readonly string[];
  /** Leaves everything else out. */
  readonly show?: readonly string[];
  /** By service object. */
  readonly objects?: Readonly<Record<string, ObjectRule>>;
  /** By `Contact.List`, or by the operation: `GET /contacts`. */
  readonly methods?: Readonly<Record<string, MethodRule>>;
  /** By named type; a change is one for all that use the type. */
  readonly types?: Readonly<Record<string, TypeRule>>;
}

export interface ObjectRule {
  /** Another system name. That of another object: the two become one. */
  readonly name?: string;
  readonly displayName?: string;
  readonly description?: string;
  /** The property that identifies the object. */
  readonly key?: string;
  /** By property, of the object and wherever its methods take or give it; `address.city` names a nested one. */
  readonly properties?: Readonly<Record<string, PropertyRule>>;
}

export interface MethodRule {
  /** Another system name. */
  readonly name?: string;
  /** The object that it goes to: by its discovered name, or a new one's. */
  readonly object?: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly kind?: MethodKind;
  readonly visibility?: Visibility;
  readonly deprecated?: boolean;
  /** For a list: property names from the answer's root to the items. */
  readonly items?: readonly string[];
  /** For a list: how its pages follow one another. */
  readonly paging?: PagingPlan;
  readonly inputs?: Readonly<Record<string, PropertyRule>>;
  readonly outputs?: Readonly<Record<string, PropertyRule>>;
}

export interface TypeRule {
  readonly description?: string;
  /** A JSON Merge Patch (RFC 7396) of the type's JSON Schema. */
  readonly schema?: Readonly<Record<string, unknown>>;
  readonly properties?: Readonly<Record<string, PropertyRule>>;
}

export interface PropertyRule {
  readonly displayName?: string;
  readonly description?: string;
  /** The K2 type. It rules the control that a designer gets; the value on the wire stays what the schema says. */
  readonly dataType?: DataType;
  /** A JSON Merge Patch (RFC 7396) of the property's JSON Schema. */
  readonly schema?: Readonly<Record<string, unknown>>;
  /** `internal` hides it from designers. */
  readonly visibility?: Visibility;
  readonly required?: boolean;
  readonly default?: unknown;
  /** The values to choose from; only these are then valid. */
  readonly choices?: readonly (string | number | boolean | ChoiceRule)[];
  /** The method that gives the values to choose from. */
  readonly choicesFrom?: ChoiceSourceRule;
}

export interface ChoiceRule {
  readonly value: string | number | boolean | null;
  readonly displayName?: string;
  readonly description?: string;
}

export interface ChoiceSourceRule {
  /** `Site.List`. */
  readonly method: string;
  /** By input of that method; `{ input }` is the flat name of an input of the form at hand. */
  readonly inputs?: Readonly<Record<string, { readonly value: unknown } | { readonly input: string }>>;
  /** The flat name of the value in an item, such as `id`. */
  readonly value: string;
  /** The flat name of the text that a person reads; default: the value. */
  readonly title?: string;
}
