import { type Call, objectIn, textIn } from '../call.js';
import { columnType, columnTypes, entityPropertyName, type TypeAsString, typeOfKind } from '../columns/column-types.js';
import type { Context } from '../context.js';
import { Fault, invalidArgument } from '../fault.js';
import { newField } from '../lists/built-in-fields.js';
import { addField } from '../lists/create-list.js';
import { encodedName, freeName } from '../lists/encoded-name.js';
import { fieldOfXml, schemaXml } from '../lists/field-schema.js';
import type { FieldRow, ListRow } from '../model.js';
import { listed } from '../odata/listed.js';
import { type Collection, type Entity, nothing } from '../odata/resource.js';
import { WEB } from '../site.js';

/** A list's columns, or the site's. */
export function fieldsCollection(context: Context, list: ListRow | undefined, uri: string): Collection {
  const { site } = context;
  const owner = list?.id ?? WEB;
  const all = (): readonly FieldRow[] => site.fieldsOf(owner);
  const entity = (field: FieldRow): Entity => fieldEntity(context, owner, field, `${uri}(guid'${field.id}')`);
  const find = (fits: (field: FieldRow) => boolean, asked: unknown): Entity => {
    const field = all().find(fits);
    if (field === undefined)
      throw invalidArgument(`Column '${asked}' does not exist. It may have been deleted by another user.`);
    return entity(field);
  };
  const byTitle = (asked: unknown): Entity => find(({ title }) => title === asked, asked);
  const byName = (asked: unknown): Entity =>
    find(({ title, internalName }) => internalName === asked || title === asked, asked);
  const store = (field: FieldRow): Entity =>
    entity(list === undefined ? site.putField(WEB, field) : addField(site, list, field));
  const create = (body: Readonly<Record<string, unknown>>): Entity => {
    const name = encodedName(textIn(body, 'StaticName') ?? textIn(body, 'Title') ?? '');
    const internalName = freeName(name, (taken) => all().some((field) => field.internalName === taken));
    return store(fieldOf(body, internalName));
  };
  return listed('SP.Field', uri, () => all().map(entity), {
    byKey: (args) => find(({ id }) => id === String(args['0']).toLowerCase(), args['0']),
    create: async (call) => create(await call.json()),
    members: {
      GetById: { needsArgs: true, get: (args) => find(({ id }) => id === String(args['0']).toLowerCase(), args['0']) },
      GetByTitle: { needsArgs: true, get: (args) => byTitle(args['0'] ?? args.title) },
      GetByInternalNameOrTitle: { needsArgs: true, get: (args) => byName(args['0'] ?? args.strname) },
      AddField: { post: async (_args, call) => create(objectIn(await call.json(), 'parameters')) },
      CreateFieldAsXml: {
        post: async (_args, call) =>
          store(fieldOfXml(textIn(objectIn(await call.json(), 'parameters'), 'SchemaXml') ?? '')),
      },
    },
  });
}

/** A column as `fields.add` describes it. */
function fieldOf(body: Readonly<Record<string, unknown>>, internalName: string): FieldRow {
  const kind = Number(body.FieldTypeKind);
  const type = typeOfKind(kind, body.AllowMultipleValues === true);
  if (type === undefined) throw invalidArgument(`The field type kind ${kind} is not supported.`);
  const field = newField(type, internalName, textIn(body, 'Title') ?? internalName);
  const lookup = textIn(body, 'LookupListId');
  return changed(
    {
      ...field,
      more: {
        ...field.more,
        ...(lookup !== undefined && { LookupList: lookup, LookupField: body.LookupFieldName ?? 'Title' }),
      },
    },
    body,
  );
}

/** A column after a merge of its properties. */
function changed(field: FieldRow, body: Readonly<Record<string, unknown>>): FieldRow {
  const more: Record<string, unknown> = { ...field.more };
  for (const [name, value] of Object.entries(body)) {
    if (name in more)
      more[name] = typeof value === 'object' && value !== null && 'results' in value ? value.results : value;
  }
  const flag = (name: string, now: boolean): boolean => (typeof body[name] === 'boolean' ? body[name] : now);
  return {
    ...field,
    title: textIn(body, 'Title') ?? field.title,
    description: textIn(body, 'Description') ?? field.description,
    group: textIn(body, 'Group') ?? field.group,
    defaultValue: textIn(body, 'DefaultValue') ?? field.defaultValue,
    required: flag('Required', field.required),
    hidden: flag('Hidden', field.hidden),
    readOnly: flag('ReadOnlyField', field.readOnly),
    indexed: flag('Indexed', field.indexed) || flag('EnforceUniqueValues', field.unique),
    unique: flag('EnforceUniqueValues', field.unique),
    more,
  };
}

function fieldEntity({ site }: Context, owner: string, field: FieldRow, uri: string): Entity {
  return {
    kind: 'entity',
    type: columnType(field).entity,
    uri,
    properties: () => fieldProperties(field),
    members: () => ({
      DeleteObject: { post: () => remove() },
      SetShowInDisplayForm: shows,
      SetShowInEditForm: shows,
      SetShowInNewForm: shows,
    }),
    merge: async (call: Call) =>
      fieldEntity({ site } as Context, owner, site.putField(owner, changed(field, await call.json())), uri),
    remove: () => void remove(),
  };
  function remove() {
    if (!field.canBeDeleted) {
      throw new Fault(400, '-2147024809, System.ArgumentException', `The field "${field.title}" cannot be deleted.`);
    }
    site.deleteField(owner, field.id);
    return nothing('DeleteObject');
  }
}

const shows = { post: () => nothing('SetShowInForm') };

function fieldProperties(field: FieldRow): Record<string, unknown> {
  const { kind } = columnTypes[field.type as TypeAsString];
  return {
    AutoIndexed: false,
    CanBeDeleted: field.canBeDeleted,
    ClientSideComponentId: '00000000-0000-0000-0000-000000000000',
    ClientSideComponentProperties: null,
    ClientValidationFormula: null,
    ClientValidationMessage: null,
    CustomFormatter: null,
    DefaultFormula: null,
    DefaultValue: field.defaultValue,
    Description: field.description,
    Direction: 'none',
    EnforceUniqueValues: field.unique,
    EntityPropertyName: entityPropertyName(field.internalName),
    Filterable: kind !== 3,
    FromBaseType: field.fromBaseType,
    Group: field.group,
    Hidden: field.hidden,
    Id: field.id,
    Indexed: field.indexed,
    IndexStatus: 0,
    InternalName: field.internalName,
    IsModern: false,
    JSLink: 'clienttemplates.js',
    PinnedToFiltersPane: false,
    ReadOnlyField: field.readOnly,
    Required: field.required,
    SchemaXml: schemaXml(field),
    Scope: '',
    Sealed: false,
    ShowInFiltersPane: 0,
    Sortable: kind !== 3,
    StaticName: field.internalName,
    Title: field.title,
    FieldTypeKind: kind,
    TypeAsString: field.type,
    TypeDisplayName: field.type,
    TypeShortDescription: field.type,
    ValidationFormula: null,
    ValidationMessage: null,
    ...field.more,
  };
}
