import { dataTypeOf, type PropertyRole, plainSchema } from '../../config/model/data-type.js';
import { type FlatProperty, flatten } from '../../config/model/flat-property.js';
import type { JsonSchema, TypeMap } from '../../config/model/json-schema.js';
import { toDisplayName } from '../../config/model/names.js';
import type { ObjectProperty } from '../../config/model/service-object.js';
import type { SmartMethod, SmartObject } from '../../config/model/smart-object.js';
import type { DesignerProperty } from './method-schema.js';

/** A property as a designer without nested values sees it, with what a form needs to draw its control. */
export interface FlatDefinitionProperty extends DesignerProperty {
  readonly displayName: string;
  readonly description?: string;
  readonly key?: boolean;
  /** May refer to the definition's types. */
  readonly schema: JsonSchema;
}

/** A method whose input and result have flat names: what `?shape=flat` of a call takes and gives. */
export interface FlatMethod extends Omit<SmartMethod, 'input' | 'output' | 'steps'> {
  readonly inputProperties: readonly FlatDefinitionProperty[];
  /** Of a list: those of an item. */
  readonly returnProperties: readonly FlatDefinitionProperty[];
}

/** The definition of a SmartObject for designers whose forms and steps have no nested values. */
export interface FlatDefinition extends Omit<SmartObject, 'properties' | 'methods'> {
  readonly properties: readonly FlatDefinitionProperty[];
  readonly methods: readonly FlatMethod[];
}

/** @param types the closure of the types that the SmartObject refers to */
export function flatDefinition({ properties, methods, ...object }: SmartObject, types: TypeMap): FlatDefinition {
  const keys = new Set(properties.filter(({ key }) => key === true).map(({ name }) => name));
  const told = (flat: FlatProperty) => described(flat, types, { key: flat.path.length === 1 && keys.has(flat.name) });
  return {
    ...object,
    properties: properties.flatMap((property) => propertiesOf(property, types)),
    methods: methods.map(({ input, output, steps: _, ...method }) => {
      const inputs = flatten(input, types);
      const outer = new Set(method.parameters);
      return {
        ...method,
        parameters: inputs.filter(({ path: [first = ''] }) => outer.has(first)).map(({ name }) => name),
        inputProperties: inputs.map(told),
        returnProperties: flatten(output, types).map(told),
      };
    }),
  };
}

/** A property that stays whole keeps all that is said of it; the parts of another are told by their schemas. */
function propertiesOf(property: ObjectProperty, types: TypeMap): FlatDefinitionProperty[] {
  const { name, schema, displayName } = property;
  const object: JsonSchema = { type: 'object', properties: Object.fromEntries([[name, schema]]) };
  return flatten(object, types).map((flat) =>
    flat.path.length === 1
      ? { ...described(flat, types, property), ...property, name: flat.name }
      : described(flat, types, {}, displayName),
  );
}

/** @param outer the display name of the outermost property, where it is known */
function described(flat: FlatProperty, types: TypeMap, role: PropertyRole, outer?: string): FlatDefinitionProperty {
  const { name, path, schema, required } = flat;
  const words = path.map((step, level) => (level === 0 ? outer : undefined) ?? toDisplayName(step));
  const title = typeof schema === 'object' ? schema.title : undefined;
  const description = plainSchema(schema, types)?.description;
  return {
    name,
    displayName: title ?? words.join(' '),
    ...(description !== undefined && { description }),
    dataType: dataTypeOf(schema, types, role),
    required,
    ...(role.key === true && { key: true }),
    schema,
  };
}
