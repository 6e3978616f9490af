import type { JsonSchema, JsonSchemaObject, TypeMap } from '../../../config/model/json-schema.js';
import { typeReference } from '../../../config/model/json-schema.js';
import { toDisplayName, UniqueNames } from '../../../config/model/names.js';
import type { ObjectProperty, ServiceObject } from '../../../config/model/service-object.js';
import type { sharedTypes } from '../columns/shared-types.js';
import { type Column, resultSchema } from './columns.js';
import { typeDrafts } from './content-type-methods.js';
import { itemMethods } from './item-methods.js';
import { addType, inputsOf, isNewValue } from './item-type.js';
import { libraryMethods } from './library-methods.js';
import { type ListContext, type MethodDraft, methodOf } from './list-method.js';
import { folderInput, queryInputs } from './query-inputs.js';

/** Most items that one call writes. */
const MOST_WRITES = 5_000;

const ref = (name: keyof typeof sharedTypes): JsonSchemaObject => typeReference(name);
const text: JsonSchema = { type: 'string' };
const etag: JsonSchema = {
  type: 'string',
  title: 'ETag',
  description: 'The version that was read; the item is left alone when somebody else has changed it since.',
};

/** The service object of a list or library. */
export function listObject(context: ListContext): ServiceObject {
  const { list, name, columns } = context;
  const itemType = addType(context, list.isLibrary ? `${name}Document` : `${name}Item`, columns, list.description);
  const drafts = [...itemDrafts(context, itemType), ...typeDrafts(context)];
  const others = [...itemMethods(context), ...(list.isLibrary ? libraryMethods(context) : [])];
  const names = new UniqueNames(others.map((method) => method.name));
  const methods = drafts.map((draft) => methodOf({ ...draft, name: names.take(draft.name) }, context));
  return {
    name,
    displayName: list.title,
    ...(list.description === undefined ? {} : { description: list.description }),
    properties: propertiesOf(columns),
    methods: [...methods, ...others],
  };
}

function itemDrafts(context: ListContext, itemType: JsonSchemaObject): MethodDraft[] {
  const { list, columns } = context;
  const id = columns.find(({ plan }) => plan.name === 'ID')?.value ?? { type: 'integer' };
  const what = list.isLibrary ? 'document' : 'item';
  const create = inputsOf(columns.filter(isNewValue), true);
  const update = inputsOf(
    columns.filter(({ plan }) => plan.writable),
    false,
  );
  const changed = { ID: id, ETag: etag, ...update.properties };
  const many = (properties: TypeMap, required: readonly string[]): TypeMap => ({
    items: {
      type: 'array',
      maxItems: MOST_WRITES,
      items: { type: 'object', properties, required: [...required], additionalProperties: false },
    },
  });
  const results: JsonSchema = { type: 'array', items: ref('WriteResult') };
  const views = list.views.map(({ title, query }) => ({ title, query }));
  return [
    {
      name: 'List',
      kind: 'list',
      description: `The ${what}s of ${list.title}. SharePoint filters, sorts and pages them.`,
      operation: 'list',
      properties: { ...queryInputs(columns), ...(list.isLibrary ? folderInput : {}) },
      output: itemType,
      paged: true,
    },
    {
      name: 'Read',
      kind: 'read',
      description: `One ${what}, by its ID.`,
      operation: 'read',
      properties: { ID: id },
      required: ['ID'],
      output: itemType,
    },
    ...(list.isLibrary
      ? []
      : ([
          {
            name: 'Create',
            kind: 'create',
            description: `Adds an item to ${list.title}.`,
            operation: 'create',
            ...create,
            output: ref('SavedItem'),
          },
          {
            name: 'CreateMany',
            kind: 'execute',
            description: 'Adds many items in few requests, and tells of each what became of it.',
            operation: 'createMany',
            properties: many(create.properties, create.required),
            required: ['items'],
            output: results,
          },
        ] satisfies MethodDraft[])),
    {
      name: 'Update',
      kind: 'update',
      description: `Changes the given columns of one ${what}; the others stay as they are.`,
      operation: 'update',
      properties: changed,
      required: ['ID'],
      output: ref('SavedItem'),
    },
    {
      name: 'UpdateMany',
      kind: 'execute',
      description: `Changes many ${what}s in few requests, and tells of each what became of it.`,
      operation: 'updateMany',
      properties: many(changed, ['ID']),
      required: ['items'],
      output: results,
    },
    {
      name: 'Delete',
      kind: 'delete',
      description: `Puts one ${what} into the recycle bin.`,
      operation: 'delete',
      properties: { ID: id, ETag: etag },
      required: ['ID'],
      output: {
        type: 'object',
        properties: { recycleBinItemId: { type: ['string', 'null'] } },
        additionalProperties: false,
      },
    },
    {
      name: 'DeleteMany',
      kind: 'execute',
      description: `Puts many ${what}s into the recycle bin in few requests, and tells of each what became of it.`,
      operation: 'deleteMany',
      properties: { ids: { type: 'array', items: { type: 'integer' }, maxItems: MOST_WRITES } },
      required: ['ids'],
      output: results,
    },
    ...(views.length === 0
      ? []
      : ([
          {
            name: 'ListView',
            kind: 'list',
            description: `The ${what}s that a view shows, in its order.`,
            operation: 'listView',
            properties: { view: { type: 'string', enum: [...new Set(views.map(({ title }) => title))] } },
            required: ['view'],
            output: itemType,
            views,
            paged: true,
          },
        ] satisfies MethodDraft[])),
    {
      name: 'QueryCaml',
      kind: 'list',
      description: `The ${what}s that a CAML query finds.`,
      operation: 'caml',
      properties: {
        viewXml: {
          ...(text as JsonSchemaObject),
          contentMediaType: 'application/xml',
          description: 'A <View> with <Query>, <RowLimit> and Scope; the columns are always all.',
        },
        ...folderInput,
      },
      required: ['viewXml'],
      output: itemType,
      paged: true,
    },
  ];
}

function propertiesOf(columns: readonly Column[]): ObjectProperty[] {
  return columns.map((column) => ({
    name: column.plan.name,
    displayName:
      column.plan.kind === 'size' || column.plan.kind === 'isFolder'
        ? toDisplayName(column.plan.name)
        : column.plan.title,
    ...(column.value.description === undefined ? {} : { description: column.value.description }),
    schema: resultSchema(column),
    ...(column.plan.name === 'ID' ? { key: true } : {}),
  }));
}
