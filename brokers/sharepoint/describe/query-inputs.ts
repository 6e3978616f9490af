import type { JsonSchema, JsonSchemaObject, TypeMap } from '../../../config/model/json-schema.js';
import { isComparable } from '../columns/filter.js';
import type { Column } from './columns.js';

export const folderInput: TypeMap = {
  folder: {
    type: 'string',
    description: 'Only what is right in this folder: a path below the library, such as 2024/Q1.',
  },
};

/** What a list is narrowed by: any column that can be compared, and OData's expressions over the properties. */
export function queryInputs(columns: readonly Column[]): TypeMap {
  const comparable = columns.filter(({ plan, internal }) => isComparable(plan) && internal !== '');
  const equal = comparable.map(({ plan, value }): [string, JsonSchema] => {
    const { readOnly: _, 'x-smartwright-unique': __, ...schema } = value;
    return [plan.name, filterSchema(schema, plan.kind)];
  });
  return {
    ...Object.fromEntries(equal),
    $filter: {
      type: 'string',
      title: 'Filter',
      description: "An OData expression over the properties, such as: Amount gt 100 and Customer/value eq 'Contoso'.",
    },
    $orderby: { type: 'string', title: 'Order', description: 'Properties to sort by, such as: Modified desc, ID.' },
    $select: {
      type: 'array',
      title: 'Properties',
      description: 'The only properties that are wanted; the others are then null.',
      items: { type: 'string', enum: columns.map(({ plan }) => plan.name) },
    },
  };
}

function filterSchema(schema: JsonSchemaObject, kind: string): JsonSchema {
  const { title, description } = schema;
  const said = { ...(title === undefined ? {} : { title }), ...(description === undefined ? {} : { description }) };
  if (kind.startsWith('lookup') || kind.startsWith('person')) {
    return {
      ...said,
      type: 'integer',
      description: `The id of the ${kind.startsWith('lookup') ? 'other item' : 'person'}.`,
    };
  }
  if (schema.type !== 'array') return schema;
  return typeof schema.items === 'object' ? { ...said, ...schema.items } : said;
}
