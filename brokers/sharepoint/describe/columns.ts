import type { JsonSchema, JsonSchemaObject } from '../../../config/model/json-schema.js';
import { isSystemName, pascalCase, UniqueNames } from '../../../config/model/names.js';
import type { Findings } from '../../source/index.js';
import { defaultOf } from '../columns/default-value.js';
import { orNull, shapeOf } from '../columns/kind.js';
import type { ColumnPlan } from '../plan.js';
import type { FieldFacts } from './facts.js';
import type { LoadedList } from './load.js';

/** A column as discovery describes it. */
export interface Column {
  readonly plan: ColumnPlan;
  readonly internal: string;
  /** A value that is there. */
  readonly value: JsonSchemaObject;
  readonly isRequired: boolean;
  readonly isUnique: boolean;
  readonly default?: unknown;
}

/** Columns that every list has and people look for, by internal name; those of libraries have clearer names than SharePoint's. */
const everywhere = new Map<string, { readonly name?: string; readonly title?: string }>([
  ['ID', { name: 'ID' }],
  ['Title', {}],
  ['ContentTypeId', { name: 'ContentTypeId' }],
  ['Created', {}],
  ['Modified', {}],
  ['Author', {}],
  ['Editor', {}],
  ['_UIVersionString', { name: 'Version' }],
  ['Attachments', {}],
]);
const inLibraries = new Map<string, { readonly name?: string; readonly title?: string }>([
  ['FileLeafRef', { name: 'Name' }],
  ['FileRef', { name: 'Path', title: 'Path' }],
  ['FileDirRef', { name: 'Folder', title: 'Folder' }],
  ['CheckoutUser', { name: 'CheckedOutTo', title: 'Checked out to' }],
]);
const moderated = new Map<string, { readonly name?: string; readonly title?: string }>([
  ['_ModerationStatus', { name: 'ApprovalStatus' }],
  ['_ModerationComments', { name: 'ApprovalComments' }],
]);

/** The columns of a list that are of use, in the order of the list, those of the system last. */
export function columnsOf(list: LoadedList, internalNames: boolean, findings: Findings): Column[] {
  const special = new Map([
    ...everywhere,
    ...(list.isLibrary ? inLibraries : []),
    ...(list.moderation ? moderated : []),
  ]);
  if (list.isLibrary) special.delete('Attachments');
  const names = new UniqueNames(['ETag', ...[...special.values()].flatMap(({ name }) => name ?? [])]);
  const own = list.fields.filter(
    ({ internal, isHidden, isBase }) =>
      internal !== 'Title' && !special.has(internal) && !isHidden && !isBase && !noise.has(internal),
  );
  const title = list.fields.filter(({ internal }) => internal === 'Title');
  const system = list.fields.filter(({ internal }) => internal !== 'Title' && special.has(internal));
  const columns = [...title, ...own, ...system].flatMap((field): Column[] => {
    const given = special.get(field.internal);
    const name = given?.name ?? names.take(nameOf(field, internalNames));
    return describeColumn(field, { name, title: given?.title ?? field.title }, list, findings);
  });
  return list.isLibrary ? [...columns, ...ofFiles(names)] : columns;
}

/** Columns that only pages of SharePoint show. */
const noise = new Set([
  'ComplianceAssetId',
  '_ColorTag',
  'MediaServiceMetadata',
  'MediaServiceFastMetadata',
  'Edit',
  'DocIcon',
]);

function nameOf({ internal, title }: FieldFacts, internalNames: boolean): string {
  if (internalNames && isSystemName(internal)) return internal;
  const name = pascalCase(internalNames ? internal : title);
  return name === '_' ? pascalCase(internal) : name;
}

function describeColumn(
  field: FieldFacts,
  { name, title }: { readonly name: string; readonly title: string },
  list: LoadedList,
  findings: Findings,
): Column[] {
  const where = { operation: `${list.title}: ${field.title}` };
  // These say Lookup or Computed of themselves and are text.
  const isPath = field.internal === 'FileRef' || field.internal === 'FileDirRef';
  const shape = isPath ? ({ kind: 'text', schema: { type: 'string' }, readOnly: true } as const) : shapeOf(field);
  if (shape === undefined) {
    const message = `Column "${field.title}" is of the type "${field.type}", which is not known; it is left out.`;
    findings.warn('COLUMN_TYPE_UNKNOWN', message, where);
    return [];
  }
  const note = list.fields.find(({ id }) => id !== '' && id === field.textField);
  if (shape.kind === 'terms' && note === undefined) {
    findings.warn(
      'COLUMN_READ_ONLY',
      `Column "${field.title}" has no hidden column for its terms; it cannot be written.`,
      where,
    );
  }
  const isWritable = shape.readOnly !== true && !field.isReadOnly && !(shape.kind === 'terms' && note === undefined);
  const other = shape.kind === 'terms' ? note?.entity : shape.kind.startsWith('lookup') ? field.lookupField : undefined;
  const value: JsonSchemaObject = {
    ...shape.schema,
    title,
    ...described(field),
    ...(isWritable ? {} : { readOnly: true }),
    ...(field.isUnique ? { 'x-smartwright-unique': true } : {}),
    ...(field.termSet === undefined ? {} : { 'x-smartwright-term-set': field.termSet }),
  };
  const initial = isWritable ? defaultOf(field.defaultValue, shape.schema) : undefined;
  return [
    {
      plan: {
        name,
        title: field.title,
        entity: field.entity,
        kind: shape.kind,
        ...(other === undefined || other === 'Title' ? {} : { other }),
        ...(isWritable ? { writable: true } : {}),
      },
      internal: field.internal,
      value,
      isRequired: field.isRequired && isWritable,
      isUnique: field.isUnique,
      ...(initial === undefined ? {} : { default: initial }),
    },
  ];
}

function described({ description, isUnique }: FieldFacts): { readonly description?: string } {
  const parts = [
    ...(description === undefined ? [] : [description]),
    ...(isUnique ? ['No two items have the same.'] : []),
  ];
  return parts.length === 0 ? {} : { description: parts.join(' ') };
}

/** What only files have. */
function ofFiles(names: UniqueNames): Column[] {
  const column = (name: string, kind: 'size' | 'isFolder', value: JsonSchemaObject): Column => ({
    plan: { name: names.take(name), title: name, entity: '', kind },
    internal: '',
    value: { ...value, readOnly: true },
    isRequired: false,
    isUnique: false,
  });
  return [
    column('Size', 'size', { type: 'integer', title: 'Size', description: 'Bytes; null for a folder.' }),
    column('IsFolder', 'isFolder', { type: 'boolean', title: 'Is folder' }),
  ];
}

/** The schema of the column in results: SharePoint has no value for it in items that were made before the column. */
export function resultSchema({ plan, value }: Column): JsonSchema {
  const always = plan.kind === 'isFolder' || plan.name === 'ID' || value.type === 'array';
  return always ? value : orNull(value);
}

/** The schema of the column as an input. */
export function inputSchema(column: Column, required: boolean): JsonSchema {
  const withDefault =
    required && column.default !== undefined ? { ...column.value, default: column.default } : column.value;
  if (required) return withDefault;
  return withDefault.type === 'array' ? withDefault : orNull(withDefault);
}
