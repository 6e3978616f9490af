import { type Call, objectIn, textIn } from '../call.js';
import { FormFault } from '../columns/column-type.js';
import { columnType } from '../columns/column-types.js';
import type { Context } from '../context.js';
import { Fault, fileNotFound, invalidArgument, itemNotFound } from '../fault.js';
import { checkName, libraryFolder } from '../files/server-path.js';
import { checkReferences } from '../items/accept-values.js';
import { addItem, changeItem, type ItemChange } from '../items/change-item.js';
import { valueAt } from '../items/item-values.js';
import { isBuiltIn } from '../lists/built-in-fields.js';
import type { FieldRow, ItemRow, ListRow, Value } from '../model.js';
import { type Plain, plain } from '../odata/resource.js';
import { ensureUser } from '../people/ensure-user.js';

interface FormValue {
  readonly FieldName: string;
  readonly FieldValue: string | null;
}

interface FormResult extends FormValue {
  readonly ErrorCode: number;
  readonly ErrorMessage: string | null;
  readonly HasException: boolean;
  readonly ItemId: number;
}

const RESULTS = 'Collection(SP.ListItemFormUpdateValue)';

/** Changes an item as a form does: every column's text is read, and nothing is changed when one is refused. */
export async function validateUpdate(context: Context, list: ListRow, { id }: ItemRow, call: Call): Promise<Plain> {
  const read = readForm(context, list, formValues(await call.json()));
  const item = context.site.items.get(list.id, id);
  if (item === undefined) throw itemNotFound();
  for (const field of missing(context, list, read, item)) read.results.push(refused(field.internalName, '', REQUIRED));
  if (!read.results.some(({ HasException }) => HasException)) changeItem(context, list, item, read.change);
  return plain('ValidateUpdateListItem', withId(read.results, item.id), RESULTS);
}

/** Adds an item, or a folder, as a form does. */
export async function addValidateUpdate(context: Context, list: ListRow, call: Call): Promise<Plain> {
  const body = await call.json();
  const info = objectIn(body, 'listItemCreateInfo');
  const folder = Number(info.UnderlyingObjectType ?? 0) === 1;
  const dir = pathIn(info.FolderPath)?.replace(/\/$/, '');
  if (dir !== undefined && libraryFolder(context.site, dir).id !== list.id) throw fileNotFound();
  const leaf = pathIn(info.LeafName);
  const read = readForm(context, list, formValues(body));
  for (const field of folder ? [] : missing(context, list, read, undefined)) {
    read.results.push(refused(field.internalName, '', REQUIRED));
  }
  let id = 0;
  if (!read.results.some(({ HasException }) => HasException)) {
    const { values = {}, contentType } = read.change;
    const name = leaf ?? (folder && typeof values.Title === 'string' ? values.Title : undefined);
    if (name !== undefined) checkName(name);
    ({ id } = addItem(context, list, {
      values,
      folder,
      ...(contentType !== undefined && { contentType }),
      ...(dir !== undefined && { dir }),
      ...(name !== undefined && { leaf: name }),
    }));
    read.results.push({
      FieldName: 'Id',
      FieldValue: String(id),
      ErrorCode: 0,
      ErrorMessage: null,
      HasException: false,
      ItemId: 0,
    });
  }
  return plain('AddValidateUpdateItemUsingPath', withId(read.results, id), RESULTS);
}

const REQUIRED = "You can't leave this blank.";

const withId = (results: readonly FormResult[], id: number): FormResult[] =>
  results.map((result) => ({ ...result, ItemId: id }));

function pathIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('DecodedUrl' in value)) return undefined;
  const path = String(value.DecodedUrl);
  return path === '' ? undefined : path.replace(/^https?:\/\/[^/]+/, '');
}

function formValues(body: Readonly<Record<string, unknown>>): FormValue[] {
  const given = body.formValues;
  const values = typeof given === 'object' && given !== null && 'results' in given ? given.results : given;
  if (!Array.isArray(values)) throw invalidArgument('Value does not fall within the expected range.');
  return values.map((value: Readonly<Record<string, unknown>>) => ({
    FieldName: textIn(value, 'FieldName') ?? '',
    FieldValue: textIn(value, 'FieldValue') ?? null,
  }));
}

interface ReadForm {
  readonly results: FormResult[];
  readonly change: ItemChange;
}

function readForm(context: Context, list: ListRow, given: readonly FormValue[]): ReadForm {
  const values: Record<string, Value> = {};
  let change: ItemChange = {};
  const results = given.map(({ FieldName, FieldValue }): FormResult => {
    const field = context.site
      .fieldsOf(list.id)
      .find(({ internalName, title }) => internalName === FieldName || title === FieldName);
    try {
      if (field === undefined)
        throw new FormFault(`Column '${FieldName}' does not exist. It may have been deleted by another user.`);
      if (isBuiltIn(field.internalName))
        change = { ...change, ...builtInChange(context, list, field, FieldValue ?? '') };
      else if (!field.readOnly) values[field.internalName] = parse(context, field, FieldValue ?? '');
    } catch (error) {
      if (error instanceof FormFault || error instanceof Fault) return refused(FieldName, FieldValue, error.message);
      throw error;
    }
    return { FieldName, FieldValue, ErrorCode: 0, ErrorMessage: null, HasException: false, ItemId: 0 };
  });
  return { results, change: { ...change, values } };
}

const refused = (FieldName: string, FieldValue: string | null, ErrorMessage: string): FormResult => ({
  FieldName,
  FieldValue,
  ErrorCode: -2130575223,
  ErrorMessage,
  HasException: true,
  ItemId: 0,
});

function parse({ site }: Context, field: FieldRow, text: string): Value {
  if (columnType(field).kind === 20) return parsePeople({ site }, field, text);
  const value = columnType(field).parse(text, field);
  checkReferences(site, field, value);
  return value;
}

/** `[{"Key":"i:0#.f|membership|ada@example.org"}]`, as a people picker writes it, or numbers. */
function parsePeople({ site }: Pick<Context, 'site'>, field: FieldRow, text: string): Value {
  const multiple = field.type === 'UserMulti';
  if (!text.trim().startsWith('[')) {
    const value = columnType(field).parse(text, field);
    checkReferences(site, field, value);
    return value;
  }
  const found = keysIn(text).map((key) => ensureUser(site, key).id);
  return multiple ? found : (found[0] ?? null);
}

/** @throws FormFault */
function keysIn(text: string): string[] {
  try {
    return (JSON.parse(text) as readonly { readonly Key?: string }[]).map(({ Key = '' }) => String(Key));
  } catch {
    throw new FormFault('The people are not written as a people picker writes them.');
  }
}

function builtInChange({ site }: Context, list: ListRow, field: FieldRow, text: string): ItemChange {
  if (field.internalName === 'FileLeafRef') return { leaf: text };
  if (field.internalName === '_ModerationStatus') return { moderation: Number(text) };
  if (field.internalName === '_ModerationComments') return { moderationComments: text };
  const type =
    field.internalName === 'ContentType' || field.internalName === 'ContentTypeId'
      ? site.contentTypes
          .all(list.id)
          .find(({ id, name }) => name === text || id === text || id.startsWith(`${text}00`))
      : undefined;
  return type === undefined ? {} : { contentType: type.id };
}

/** Required columns that have no value, neither in the form nor in the item. */
const missing = ({ site }: Context, list: ListRow, { change }: ReadForm, item: ItemRow | undefined): FieldRow[] =>
  site.fieldsOf(list.id).filter((field) => {
    if (!field.required || field.hidden || isBuiltIn(field.internalName)) return false;
    const written = change.values?.[field.internalName];
    const value =
      written !== undefined ? written : item === undefined ? field.defaultValue : valueAt(site, item, field);
    return value === null || value === '' || (Array.isArray(value) && value.length === 0);
  });
