import { type FlatProperty, flatten } from '../../config/model/flat-property.js';
import type { JsonSchema, TypeMap } from '../../config/model/json-schema.js';
import type { ObjectProperty } from '../../config/model/service-object.js';
import type { SmartMethod, SmartObject } from '../../config/model/smart-object.js';
import { type DesignerProperty, designerProperty } from './method-schema.js';

/** A property as a designer without nested values sees it, with what a form needs to draw its control. */
export interface FlatDefinitionProperty extends DesignerProperty {
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
  const { instance } = object;
  const told = (flat: FlatProperty) =>
    described(flat, instance, types, { key: flat.path.length === 1 && keys.has(flat.name) });
  return {
    ...object,
    properties: properties.flatMap((property) => propertiesOf(property, instance, types)),
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
function propertiesOf(property: ObjectProperty, instance: string, types: TypeMap): FlatDefinitionProperty[] {
  const { name, schema, displayName } = property;
  const object: JsonSchema = { type: 'object', properties: Object.fromEntries([[name, schema]]) };
  return flatten(object, types).map((flat) =>
    flat.path.length === 1
      ? { ...described(flat, instance, types, { key: property.key }), ...property, name: flat.name }
      : described(flat, instance, types, { outerName: displayName }),
  );
}

function described(
  flat: FlatProperty,
  instance: string,
  types: TypeMap,
  told: { readonly key?: boolean | undefined; readonly outerName?: string },
): FlatDefinitionProperty {
  return {
    ...designerProperty(flat, instance, types, told),
    ...(told.key === true && { key: true }),
    schema: flat.schema,
  };
}
