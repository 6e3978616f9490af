import type { FieldError } from '../model/errors.js';
import { jsonPointer } from '../model/json-pointer.js';
import type { Overlay, PropertyRule } from '../model/overlay.js';
import { schemaFaults } from './validator.js';

type Path = readonly string[];

/** What an overlay must keep to that its schema cannot say: each schema patch is made of JSON Schema's keywords. */
export function overlayFaults(overlay: Overlay, root: Path): FieldError[] {
  const { objects = {}, methods = {}, types = {} } = overlay;
  const inProperties = (rules: Readonly<Record<string, PropertyRule>> = {}, at: Path): FieldError[] =>
    Object.entries(rules).flatMap(([name, { schema, choices, choicesFrom }]) => [
      ...patchFaults(schema, [...at, name, 'schema']),
      ...(choices === undefined || choicesFrom === undefined
        ? []
        : [{ pointer: jsonPointer([...at, name]), message: 'give either "choices" or "choicesFrom", not both' }]),
    ]);
  return [
    ...Object.entries(objects).flatMap(([name, rule]) =>
      inProperties(rule.properties, [...root, 'objects', name, 'properties']),
    ),
    ...Object.entries(methods).flatMap(([name, rule]) => [
      ...inProperties(rule.inputs, [...root, 'methods', name, 'inputs']),
      ...inProperties(rule.outputs, [...root, 'methods', name, 'outputs']),
    ]),
    ...Object.entries(types).flatMap(([name, rule]) => [
      ...patchFaults(rule.schema, [...root, 'types', name, 'schema']),
      ...inProperties(rule.properties, [...root, 'types', name, 'properties']),
    ]),
  ];
}

/** A patch is checked as if it were the whole: what it takes away by null is left out. */
function patchFaults(patch: Readonly<Record<string, unknown>> | undefined, at: Path): FieldError[] {
  if (patch === undefined) return [];
  return schemaFaults(withoutNulls(patch)).map(({ pointer, message }) => ({
    pointer: jsonPointer(at) + pointer,
    message: `is no JSON Schema: ${message}`,
  }));
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [name, withoutNulls(member)]),
  );
}
