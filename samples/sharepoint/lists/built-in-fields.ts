import { randomUUID } from 'node:crypto';
import { columnTypes, type TypeAsString } from '../columns/column-types.js';
import type { FieldRow } from '../model.js';

type Flag = 'hidden' | 'readOnly' | 'indexed' | 'required';
type BuiltIn = readonly [internalName: string, title: string, type: TypeAsString, id: string, ...flags: Flag[]];

const everywhere: readonly BuiltIn[] = [
  ['ContentTypeId', 'Content Type ID', 'ContentTypeId', '03e45e84-1992-4d42-9116-26f756012634', 'hidden', 'readOnly'],
  ['ContentType', 'Content Type', 'Computed', 'c042a256-787d-4a6f-8a8a-cf6ab767f12d', 'readOnly'],
  ['ID', 'ID', 'Counter', '1d22ea11-1e32-424e-89ab-9fedbadb6ce1', 'readOnly', 'indexed'],
  ['Modified', 'Modified', 'DateTime', '28cf69c5-fa48-462a-b5cd-27b6f9d2bd5f', 'readOnly'],
  ['Created', 'Created', 'DateTime', '8c06beca-0777-48f7-91c7-6da68bc07b69', 'readOnly'],
  ['Author', 'Created By', 'User', '1df5e554-ec7e-46a6-901d-d85a3881cb18', 'readOnly'],
  ['Editor', 'Modified By', 'User', 'd31655d1-1d5b-4511-95a1-7a09e9b75bf2', 'readOnly'],
  ['owshiddenversion', 'owshiddenversion', 'Integer', 'd4e44a66-ee3a-4d02-88c9-4ec5ff3f4cd5', 'hidden', 'readOnly'],
  ['_UIVersion', 'UI Version', 'Integer', '7841bf41-43d0-4434-9f50-a673baef7631', 'hidden', 'readOnly'],
  ['_UIVersionString', 'Version', 'Text', 'dce8262a-3ae9-45aa-aab4-83bd75fb738a', 'readOnly'],
  ['_ModerationStatus', 'Approval Status', 'ModStat', 'fdc3b2ed-5bf2-4835-a4bc-b885f3396a61', 'hidden', 'readOnly'],
  ['_ModerationComments', 'Approver Comments', 'Note', '34ad21eb-75bd-4544-8c73-0e08330291fe', 'hidden', 'readOnly'],
  ['GUID', 'GUID', 'Guid', 'ae069f25-3ac2-4256-b9c3-15dbc15da0e0', 'hidden', 'readOnly'],
  ['UniqueId', 'Unique Id', 'Lookup', '4b7403de-8d94-43e8-9f0f-137a3e298126', 'hidden', 'readOnly'],
  ['FileRef', 'URL Path', 'Lookup', '94f89715-e097-4e8b-ba79-ea02aa8b7adb', 'hidden', 'readOnly'],
  ['FileDirRef', 'Path', 'Lookup', '56605df6-8fa1-47e4-a04c-5b384d59609f', 'hidden', 'readOnly'],
  ['FSObjType', 'Item Type', 'Lookup', '30bb605f-5bae-48fe-b4e3-1f81d9772af9', 'hidden', 'readOnly'],
  ['File_x0020_Type', 'File Type', 'Text', '39360f11-34cf-4356-9945-25c44e68dade', 'hidden', 'readOnly'],
];

const ofLists: readonly BuiltIn[] = [
  ['Title', 'Title', 'Text', 'fa564e0f-0c70-4ab9-b863-0177e6ddd247', 'required'],
  ['Attachments', 'Attachments', 'Attachments', '67df98f4-9dec-48ff-a553-29bece9c5bf4'],
  ['LinkTitle', 'Title', 'Computed', '82642ec8-ef9b-478f-acf9-31f7d45fbc31', 'readOnly'],
  ['FileLeafRef', 'Name', 'File', '8553196d-ec8d-4564-9861-3dbe931050c8', 'hidden'],
];

const ofLibraries: readonly BuiltIn[] = [
  ['FileLeafRef', 'Name', 'File', '8553196d-ec8d-4564-9861-3dbe931050c8', 'required'],
  ['Title', 'Title', 'Text', 'fa564e0f-0c70-4ab9-b863-0177e6ddd247'],
  ['LinkFilename', 'Name', 'Computed', '5cc6dc79-3710-4374-b433-61cb4a686c12', 'readOnly'],
  ['DocIcon', 'Type', 'Computed', '081c6e4c-5c14-4f20-b23e-1a71ceb6a67c', 'readOnly'],
  ['File_x0020_Size', 'File Size', 'Lookup', '8fca95c0-9b7d-456f-8dae-b41ee2728b85', 'hidden', 'readOnly'],
  ['CheckoutUser', 'Checked Out To', 'User', '3881510a-4e4a-4ee8-b102-8ee8e2d0dd4b', 'readOnly'],
];

/** The columns that every list of a kind has from its beginning. */
export const builtInFields = (baseType: 0 | 1): FieldRow[] =>
  [...everywhere, ...(baseType === 1 ? ofLibraries : ofLists)].map(([internalName, title, type, id, ...flags]) => ({
    ...newField(type, internalName, title),
    id,
    required: flags.includes('required'),
    readOnly: flags.includes('readOnly'),
    hidden: flags.includes('hidden'),
    indexed: flags.includes('indexed'),
    fromBaseType: internalName !== 'Title',
    canBeDeleted: false,
    group: internalName === 'Title' ? 'Custom Columns' : '_Hidden',
  }));

/** The names of columns whose values the item itself knows. */
export const isBuiltIn = (internalName: string): boolean => names.has(internalName);
const names: ReadonlySet<string> = new Set(
  [...everywhere, ...ofLists, ...ofLibraries].map(([name]) => name).filter((name) => name !== 'Title'),
);

/** A column as it is when nothing more is said of it. */
export const newField = (type: TypeAsString, internalName: string, title: string): FieldRow => ({
  id: randomUUID(),
  internalName,
  title,
  type,
  required: false,
  readOnly: type === 'Calculated' || type === 'Computed',
  hidden: false,
  fromBaseType: false,
  canBeDeleted: true,
  indexed: false,
  unique: false,
  defaultValue: null,
  description: '',
  group: 'Custom Columns',
  more: { ...('facts' in columnTypes[type] ? columnTypes[type].facts : {}) },
});
