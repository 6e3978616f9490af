import { objectIn, textIn } from '../call.js';
import type { Context } from '../context.js';
import { invalidArgument } from '../fault.js';
import type { ContentTypeRow, ListRow } from '../model.js';
import { listed } from '../odata/listed.js';
import { type Collection, type Entity, plain } from '../odata/resource.js';
import { WEB } from '../site.js';
import { fieldsCollection } from './field-entity.js';

/** A list's content types, or the site's. */
export function contentTypesCollection(context: Context, list: ListRow | undefined, uri: string): Collection {
  const { site } = context;
  const owner = list?.id ?? WEB;
  const entity = (row: ContentTypeRow): Entity => contentTypeEntity(context, list, row, `${uri}('${row.id}')`);
  const find = (id: unknown): Entity => {
    const row = site.contentTypes.get(owner, String(id));
    if (row === undefined) throw invalidArgument(`The content type '${id}' does not exist.`);
    return entity(row);
  };
  return listed('SP.ContentType', uri, () => site.contentTypes.all(owner).map(entity), {
    byKey: (args) => find(args['0']),
    create: async (call) => {
      const body = await call.json();
      const id = String(objectIn(body, 'Id').StringValue ?? '');
      if (!/^0x[\dA-F]+$/i.test(id)) throw invalidArgument('The content type ID is not valid.');
      return entity(
        site.contentTypes.put(owner, {
          id,
          name: textIn(body, 'Name') ?? id,
          description: textIn(body, 'Description') ?? '',
          group: textIn(body, 'Group') ?? 'Custom Content Types',
          hidden: false,
          readOnly: false,
          sealed: false,
          fields: [],
        }),
      );
    },
    members: {
      GetById: { needsArgs: true, get: (args) => find(args['0']) },
      AddAvailableContentType: {
        post: async (_args, call) => {
          const id = textIn(await call.json(), 'contentTypeId') ?? '';
          const row = site.contentTypes.get(WEB, id);
          if (row === undefined) throw invalidArgument(`The content type '${id}' does not exist.`);
          const suffix = (list?.id ?? '').replaceAll('-', '').toUpperCase();
          return entity(site.contentTypes.put(owner, { ...row, id: `${row.id}00${suffix}` }));
        },
      },
    },
  });
}

function contentTypeEntity(context: Context, list: ListRow | undefined, row: ContentTypeRow, uri: string): Entity {
  const { site } = context;
  const owner = list?.id ?? WEB;
  return {
    kind: 'entity',
    type: 'SP.ContentType',
    uri,
    properties: () => ({
      ClientFormCustomFormatter: '',
      Description: row.description,
      DisplayFormTemplateName: row.id.startsWith('0x0101') ? 'DocumentLibraryForm' : 'ListForm',
      DisplayFormUrl: '',
      DocumentTemplate: '',
      DocumentTemplateUrl: '',
      EditFormTemplateName: row.id.startsWith('0x0101') ? 'DocumentLibraryForm' : 'ListForm',
      EditFormUrl: '',
      Group: row.group,
      Hidden: row.hidden,
      Id: { StringValue: row.id },
      JSLink: '',
      MobileDisplayFormUrl: '',
      MobileEditFormUrl: '',
      MobileNewFormUrl: '',
      Name: row.name,
      NewFormClientSideComponentId: null,
      NewFormTemplateName: 'ListForm',
      NewFormUrl: '',
      ReadOnly: row.readOnly,
      SchemaXml: `<ContentType ID="${row.id}" Name="${row.name}" Group="${row.group}" />`,
      Scope: list?.rootFolder ?? site.path,
      Sealed: row.sealed,
      StringId: row.id,
    }),
    members: () => ({
      Fields: {
        get: () =>
          ofNames(
            fieldsCollection(context, list, `${uri}/Fields`),
            row.fields.map(({ name }) => name),
          ),
      },
      FieldLinks: { get: () => fieldLinks(row, `${uri}/FieldLinks`) },
      Parent: { get: () => plain('Parent', { StringId: parentId(row.id) }, 'SP.ContentType') },
    }),
    merge: async (call) => {
      const body = await call.json();
      const changed = {
        ...row,
        name: textIn(body, 'Name') ?? row.name,
        description: textIn(body, 'Description') ?? row.description,
        group: textIn(body, 'Group') ?? row.group,
        hidden: body.Hidden === undefined ? row.hidden : body.Hidden === true,
      };
      return contentTypeEntity(context, list, site.contentTypes.put(owner, changed), uri);
    },
    remove: () => void site.contentTypes.delete(owner, row.id),
  };
}

/** `0x0101` of `0x010100` and 32 digits; of others what is left of the last two digits (Content Type IDs). */
const parentId = (id: string): string => (/00[\dA-F]{32}$/i.test(id) ? id.slice(0, -34) : id.slice(0, -2) || '0x');

const ofNames = (fields: Collection, names: readonly string[]): Collection => ({
  ...fields,
  page: (query) => {
    const { entities } = fields.page(query);
    return { entities: entities.filter((entity) => names.includes(String(entity.properties().InternalName))) };
  },
});

const fieldLinks = (row: ContentTypeRow, uri: string): Collection =>
  listed('SP.FieldLink', uri, () =>
    row.fields.map(
      (link): Entity => ({
        kind: 'entity',
        type: 'SP.FieldLink',
        uri: `${uri}(guid'${link.id}')`,
        properties: () => ({
          FieldInternalName: link.name,
          Hidden: link.hidden,
          Id: link.id,
          Name: link.name,
          ReadOnly: false,
          Required: link.required,
          ShowInDisplayForm: true,
        }),
        members: () => ({}),
      }),
    ),
  );
