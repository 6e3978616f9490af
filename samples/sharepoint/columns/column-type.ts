import { invalidQuery } from '../fault.js';
import type { FieldRow, Value } from '../model.js';

/** What a column's text needs from the site: the titles behind numbers. */
export interface Titles {
  lookup(field: FieldRow, id: number): string;
  person(id: number): string;
}

/** How a kind of column is described, shown, and written. */
export interface ColumnType {
  /** `FieldTypeKind`. */
  readonly kind: number;
  /** `SP.FieldText`. */
  readonly entity: string;
  /** What only this kind of field has, with its defaults. */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** The name of its property in an item. Default: the entity property name. */
  readonly suffix?: 'Id';
  /** What an item without a value shows. Default: null. */
  readonly empty?: Value;
  /** The REST form of a stored value. Default: the value itself. */
  show?(value: Value): unknown;
  /**
   * From the REST form.
   * @throws Fault 400
   */
  accept(value: unknown, field: FieldRow): Value;
  /** As a person reads it. */
  text(value: Value, field: FieldRow, titles: Titles): string;
  /**
   * From what a form sends (`ValidateUpdateListItem`).
   * @throws FormFault
   */
  parse(text: string, field: FieldRow): Value;
}

/** Why a form's value is refused; becomes the field's `ErrorMessage`. */
export class FormFault extends Error {}

export const wrongPrimitive = (edm: string): Error =>
  invalidQuery(
    `Cannot convert a primitive value to the expected type 'Edm.${edm}'. See the inner exception for more details.`,
  );

/** An array, bare or as `odata=verbose` wraps it. */
export function arrayOf(value: unknown): readonly unknown[] {
  const inner = typeof value === 'object' && value !== null && 'results' in value ? value.results : value;
  if (!Array.isArray(inner)) {
    throw invalidQuery(
      "An unexpected 'PrimitiveValue' node was found when reading from the JSON reader. A 'StartArray' node was expected.",
    );
  }
  return inner;
}
