import type { JsonSchema, JsonSchemaObject, TypeMap } from '../../../config/model/json-schema.js';
import { typeReference } from '../../../config/model/json-schema.js';
import { pascalCase, toDisplayName, UniqueNames } from '../../../config/model/names.js';
import type { MethodKind, ObjectProperty, ServiceMethod, ServiceObject } from '../../../config/model/service-object.js';
import type { GivenNames } from '../../broker.js';
import { isComparable } from '../columns/filter.js';
import type { sharedTypes } from '../columns/shared-types.js';
import type { ItemBinding, ListPlan, Operation } from '../plan.js';
import { type Column, inputSchema, resultSchema } from './columns.js';
import type { ContentTypeFacts } from './facts.js';
import { itemMethods } from './item-methods.js';
import { libraryMethods } from './library-methods.js';
import type { LoadedList } from './load.js';

/** What describing one list needs. */
export interface ListContext {
  readonly list: LoadedList;
  /** The service object's name. */
  readonly name: string;
  readonly columns: readonly Column[];
  readonly plan: ListPlan;
  /** Where named types are put. */
  readonly types: TypeMap;
  readonly typeNames: UniqueNames;
  readonly given: GivenNames;
}

/** How methods of a list are made. */
export interface MethodDraft {
  readonly name: string;
  readonly kind: MethodKind;
  readonly description: string;
  readonly operation: Exclude<Operation, 'request'>;
  readonly properties: TypeMap;
  readonly required?: readonly string[];
  readonly output: JsonSchema;
  readonly columns?: readonly Column[];
  readonly contentType?: string;
  readonly views?: ItemBinding['views'];
  readonly paged?: true;
}

/** How a list's operations are told from one discovery to the next: by its GUID. */
export const operationOf = (list: Pick<LoadedList, 'id'>, method: string): string => `list ${list.id} ${method}`;

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

/** Content types beside the list's first are shapes of their own: with fewer columns, and what is required of them. */
function typeDrafts(context: ListContext): MethodDraft[] {
  const { list, name } = context;
  const [first, ...others] = list.types.filter(({ id }) => !id.startsWith(FOLDER));
  if (first === undefined || others.length === 0) return [];
  return [first, ...others].flatMap((type): MethodDraft[] => {
    const columns = columnsOfType(context, type);
    const shape = addType(context, `${name}${pascalCase(type.name)}`, columns, type.description);
    const input = inputsOf(columns.filter(isNewValue), true);
    const own = { columns, contentType: type.id } as const;
    return [
      {
        name: `List${pascalCase(type.name)}`,
        kind: 'list',
        description: `Those of the content type ${type.name}.`,
        operation: 'list',
        properties: queryInputs(columns),
        output: shape,
        paged: true,
        ...own,
      },
      ...(list.isLibrary
        ? []
        : ([
            {
              name: `Create${pascalCase(type.name)}`,
              kind: 'create',
              description: `Adds an item of the content type ${type.name}.`,
              operation: 'create',
              ...input,
              output: ref('SavedItem'),
              ...own,
            },
          ] satisfies MethodDraft[])),
    ];
  });
}

/** Content types of folders begin so; document sets are among them. */
const FOLDER = '0x0120';

function columnsOfType({ columns }: ListContext, { fields }: ContentTypeFacts): Column[] {
  const known = new Map(fields?.map(({ internal, isRequired }) => [internal, isRequired]));
  return columns.flatMap((column): Column[] => {
    const isSystem = column.plan.writable !== true;
    if (fields !== undefined && !isSystem && !known.has(column.internal)) return [];
    const isRequired = column.plan.writable === true && (known.get(column.internal) ?? column.isRequired);
    return [{ ...column, isRequired }];
  });
}

const isNewValue = ({ plan, internal }: Column): boolean => plan.writable === true && internal !== 'FileLeafRef';

function inputsOf(
  columns: readonly Column[],
  isNew: boolean,
): { readonly properties: TypeMap; readonly required: string[] } {
  const properties = columns.map((column): [string, JsonSchema] => [
    column.plan.name,
    inputSchema(column, isNew && column.isRequired),
  ]);
  const required = isNew ? columns.filter((column) => column.isRequired && column.default === undefined) : [];
  return { properties: Object.fromEntries(properties), required: required.map(({ plan }) => plan.name) };
}

const folderInput: TypeMap = {
  folder: {
    type: 'string',
    description: 'Only what is right in this folder: a path below the library, such as 2024/Q1.',
  },
};

/** What a list is narrowed by: any column that can be compared, and OData's expressions over the properties. */
function queryInputs(columns: readonly Column[]): TypeMap {
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

/** Adds the type of a whole item, and gives a reference to it. */
function addType(
  { types, typeNames }: ListContext,
  wanted: string,
  columns: readonly Column[],
  description: string | undefined,
): JsonSchemaObject {
  const name = typeNames.take(wanted);
  types[name] = {
    type: 'object',
    ...(description === undefined ? {} : { description }),
    properties: {
      ...Object.fromEntries(columns.map((column) => [column.plan.name, resultSchema(column)])),
      ETag: { type: ['string', 'null'], readOnly: true, description: 'Its version, for Update and Delete.' },
    },
    required: ['ID'],
    additionalProperties: false,
  };
  return typeReference(name);
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

/** A method of a list by its draft. The name that it was given before stays. */
export function methodOf(draft: MethodDraft, { list, plan, columns, given }: ListContext): ServiceMethod {
  const { name, kind, description, operation, properties, required = [], output, contentType, views, paged } = draft;
  const origin = operationOf(list, contentType === undefined ? name : `${operation} ${contentType}`);
  const binding: ItemBinding = {
    operation,
    list: plan,
    columns: (draft.columns ?? columns).map((column) => column.plan),
    ...(contentType === undefined ? {} : { contentType }),
    ...(views === undefined ? {} : { views }),
  };
  const known = given.get(origin)?.method ?? name;
  return {
    name: known,
    displayName: toDisplayName(known),
    description,
    kind,
    input: {
      type: 'object',
      properties,
      ...(required.length === 0 ? {} : { required: [...required] }),
      additionalProperties: false,
    },
    output,
    ...(paged === undefined ? {} : { paged }),
    origin: { operation: origin },
    binding,
  };
}
