import type { ChoiceSource } from '../../config/model/designer.js';
import { flatPath } from '../../config/model/flat-property.js';
import {
  type JsonSchema,
  type JsonSchemaObject,
  referencedType,
  type TypeMap,
} from '../../config/model/json-schema.js';
import type { ChoiceSourceRule, PropertyRule } from '../../config/model/overlay.js';
import type { PropertyChange } from './declared-property.js';
import { patchedSchema } from './merge-patch.js';
import type { WorkingCopy } from './working-copy.js';

/** What a rule makes of a property's schema. Done twice it is the same. Choices from a method that is not there are left out. */
export function propertyChange({ choicesFrom, ...rule }: PropertyRule, copy: WorkingCopy): PropertyChange {
  const known = choicesFrom !== undefined && copy.method(choicesFrom.method) !== undefined ? { choicesFrom } : {};
  return { required: rule.required, schema: (property) => changed(property, { ...rule, ...known }, copy.types) };
}

function changed(property: JsonSchema, rule: PropertyRule, types: TypeMap): JsonSchema {
  const schema = typeof property === 'object' ? property : {};
  const { displayName, description, dataType, visibility, choices, choicesFrom } = rule;
  const told: JsonSchemaObject = {
    ...(displayName === undefined ? {} : { title: displayName }),
    ...(description === undefined ? {} : { description }),
    ...('default' in rule ? { default: rule.default } : {}),
    ...(dataType === undefined ? {} : { 'x-smartwright-data-type': dataType }),
    ...(visibility === undefined ? {} : { 'x-smartwright-visibility': visibility }),
  };
  const shaped = rule.schema === undefined ? schema : patchedSchema(writtenOut(schema, types), rule.schema);
  const listed = { ...shaped, ...told };
  if (choices === undefined && choicesFrom === undefined) return listed;
  return onChoice(writtenOut(listed, types), {
    ...(choices === undefined ? {} : enumOf(choices)),
    ...(choicesFrom === undefined ? {} : { 'x-smartwright-choices': choiceSourceOf(choicesFrom) }),
  });
}

/** A reference to a type that others use too is written out before it is changed: only this property is meant. */
function writtenOut(schema: JsonSchemaObject, types: TypeMap): JsonSchemaObject {
  let { $ref, ...own } = schema;
  for (let hops = 0; $ref !== undefined && hops < 50; hops++) {
    const name = referencedType($ref);
    const target = name === undefined ? undefined : types[name];
    if (typeof target !== 'object') break;
    const { $ref: next, ...rest } = target;
    own = { ...rest, ...own };
    $ref = next;
  }
  return own;
}

/** Of a list each item is chosen. */
function onChoice(schema: JsonSchemaObject, choice: JsonSchemaObject): JsonSchemaObject {
  if (schema.items === undefined) return { ...schema, ...choice };
  return { ...schema, items: { ...(typeof schema.items === 'object' ? schema.items : {}), ...choice } };
}

function enumOf(choices: NonNullable<PropertyRule['choices']>): JsonSchemaObject {
  const all = choices.map((choice) => (typeof choice === 'object' ? choice : { value: choice }));
  const descriptions = all.map(({ description = '' }) => description);
  return {
    enum: all.map(({ value }) => value),
    'x-enum-varnames': all.map(({ value, displayName }) => displayName ?? String(value)),
    ...(descriptions.some((text) => text !== '') ? { 'x-enum-descriptions': descriptions } : {}),
  };
}

function choiceSourceOf({ method, inputs = {}, value, title = value }: ChoiceSourceRule): ChoiceSource {
  const [object = '', name = ''] = method.split('.');
  return { object, method: name, inputs, items: [], value: flatPath(value), title: flatPath(title) };
}
