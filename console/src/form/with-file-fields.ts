import type { RJSFSchema, UiSchema } from '@rjsf/utils';

/** Levels of a schema that are looked through; a recursive type has no end. */
const DEPTH = 12;

/** The form's layout, where each schema that is marked as a file is drawn by the field for files. */
export function withFileFields(schema: RJSFSchema, given: UiSchema = {}): UiSchema {
  return { ...layoutOf(schema, schema, DEPTH), ...given };
}

function layoutOf(schema: unknown, root: RJSFSchema, depth: number): UiSchema {
  const plain = resolved(schema, root);
  if (plain === undefined || depth === 0) return {};
  if (plain['x-smartwright-file'] === true) return { 'ui:field': 'file' };
  const layout: UiSchema = {};
  for (const [name, property] of Object.entries(plain.properties ?? {})) {
    const inner = layoutOf(property, root, depth - 1);
    if (Object.keys(inner).length > 0) layout[name] = inner;
  }
  if (plain.items !== undefined && !Array.isArray(plain.items)) {
    const inner = layoutOf(plain.items, root, depth - 1);
    if (Object.keys(inner).length > 0) layout.items = inner;
  }
  return layout;
}

/** Follows references within the document; undefined for what is no object. */
function resolved(schema: unknown, root: RJSFSchema): RJSFSchema | undefined {
  let current = schema;
  for (let hops = 0; hops < DEPTH; hops++) {
    if (typeof current !== 'object' || current === null) return undefined;
    const { $ref } = current as RJSFSchema;
    if ($ref === undefined) return current as RJSFSchema;
    const name = /^#\/\$defs\/(.+)$/.exec($ref)?.[1];
    current =
      name === undefined
        ? undefined
        : root.$defs?.[decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return undefined;
}
