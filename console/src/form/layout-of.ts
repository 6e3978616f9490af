import type { RJSFSchema, UiSchema } from '@rjsf/utils';
import { toDisplayName } from '../../../config/model/names.js';

/** Annotations that make a part of a schema a field of its own, and the field's name. */
const markedFields: readonly (readonly [annotation: string, field: string])[] = [
  ['x-smartwright-choices', 'choices'],
  ['x-smartwright-schema', 'typed'],
];

/**
 * The form's layout by what a schema's annotations tell: which fields draw what is marked, names of values, what is shown first,
 * last or not at all. Named types are laid out once, wherever they are used; one may use itself.
 */
export function layoutOf(schema: RJSFSchema, given: UiSchema = {}): UiSchema {
  const types = Object.entries(schema.$defs ?? {}).map(([name, type]) => [reference(name), within(type)] as const);
  const told = types.filter(([, layout]) => Object.keys(layout).length > 0);
  return { ...within(schema), ...(told.length > 0 && { 'ui:definitions': Object.fromEntries(told) }), ...given };
}

/** How the schemas of a method refer to a type: RFC 6901 §3 and §6. */
const reference = (name: string): string =>
  `#/$defs/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`;

function within(schema: unknown): UiSchema {
  if (!isSchema(schema)) return {};
  if (schema['x-smartwright-file'] === true) return { 'ui:field': 'file' };
  const marked = markedFields.find(([annotation]) => schema[annotation] !== undefined);
  if (marked !== undefined) return { 'ui:field': marked[1] };
  const layout: UiSchema = Object.assign({}, ...(schema.allOf ?? []).map(within));
  const names = schema['x-enum-varnames'];
  if (Array.isArray(names) && names.length === schema.enum?.length) layout['ui:enumNames'] = names.map(String);
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const isHidden = visibilityOf(property) === 'internal' && schema.required?.includes(name) !== true;
    put(layout, name, isHidden ? { 'ui:widget': 'hidden' } : { ...titleOf(name, property), ...within(property) });
  }
  const order = orderOf(schema);
  if (order !== undefined) layout['ui:order'] = order;
  for (const keyword of ['items', 'additionalProperties'] as const) put(layout, keyword, within(schema[keyword]));
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    const members = (schema[keyword] ?? []).map(within);
    if (members.some((member) => Object.keys(member).length > 0)) layout[keyword] = members;
  }
  return layout;
}

/** What is important comes first, what is advanced last. */
function orderOf({ properties = {} }: RJSFSchema): string[] | undefined {
  const of = (visibility: string) =>
    Object.keys(properties).filter((name) => visibilityOf(properties[name]) === visibility);
  const [first, last] = [of('important'), of('advanced')];
  return first.length + last.length === 0 ? undefined : [...first, '*', ...last];
}

/** What people read for a member that the service gives no title; that of a type is the name of the type. */
const titleOf = (name: string, schema: unknown): UiSchema =>
  isSchema(schema) && schema.title !== undefined ? {} : { 'ui:title': toDisplayName(name) };

const visibilityOf = (schema: unknown): unknown => (isSchema(schema) ? schema['x-smartwright-visibility'] : undefined);

/** A member whose name reads as an option of the form, such as `ui:options`, would change how the form is drawn. */
function put(layout: UiSchema, name: string, inner: UiSchema): void {
  if (Object.keys(inner).length > 0 && name !== '__proto__' && !name.startsWith('ui:')) layout[name] = inner;
}

const isSchema = (schema: unknown): schema is RJSFSchema =>
  typeof schema === 'object' && schema !== null && !Array.isArray(schema);
