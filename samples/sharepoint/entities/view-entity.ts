import { randomUUID } from 'node:crypto';
import { textIn } from '../call.js';
import type { Context } from '../context.js';
import { Fault, invalidArgument } from '../fault.js';
import type { ListRow, ViewRow } from '../model.js';
import { listed } from '../odata/listed.js';
import { type Collection, type Entity, nothing, plain } from '../odata/resource.js';
import { readXml, type XmlElement } from '../odata/xml.js';

export function viewsCollection(context: Context, list: ListRow, uri: string): Collection {
  const { site } = context;
  const entity = (row: ViewRow): Entity => viewEntity(context, list, row, `${uri}(guid'${row.id}')`);
  const find = (fits: (row: ViewRow) => boolean): Entity => {
    const row = site.views.all(list.id).find(fits);
    if (row === undefined)
      throw new Fault(404, '-2147024809, System.ArgumentException', 'The specified view is invalid.');
    return entity(row);
  };
  const byId = (id: unknown) => find((row) => row.id === String(id).toLowerCase());
  return listed('SP.View', uri, () => site.views.all(list.id).map(entity), {
    byKey: (args) => byId(args['0']),
    create: async (call) => {
      const body = await call.json();
      const blank: ViewRow = {
        id: randomUUID(),
        title: '',
        fields: ['LinkTitle'],
        query: '',
        rowLimit: 30,
        paged: true,
        hidden: false,
        personal: body.PersonalView === true,
        isDefault: false,
        scope: 0,
      };
      return entity(site.views.put(list.id, changed(blank, body)));
    },
    members: {
      GetById: { needsArgs: true, get: (args) => byId(args['0']) },
      GetByTitle: { needsArgs: true, get: (args) => find(({ title }) => title === args['0']) },
    },
  });
}

/** The view that a list opens with. */
export function defaultView(context: Context, list: ListRow, uri: string): Entity {
  const row = context.site.views.all(list.id).find(({ isDefault }) => isDefault);
  if (row === undefined) throw invalidArgument('The list has no default view.');
  return viewEntity(context, list, row, `${uri}(guid'${row.id}')`);
}

function viewEntity(context: Context, list: ListRow, row: ViewRow, uri: string): Entity {
  const { site } = context;
  const put = (change: Partial<ViewRow>): Entity =>
    viewEntity(context, list, site.views.put(list.id, { ...row, ...change }), uri);
  return {
    kind: 'entity',
    type: 'SP.View',
    uri,
    properties: () => ({
      Aggregations: null,
      BaseViewId: '1',
      ContentTypeId: { StringValue: '0x' },
      CustomFormatter: '',
      DefaultView: row.isDefault,
      DefaultViewForContentType: false,
      Hidden: row.hidden,
      HtmlSchemaXml: viewXml(list, row),
      Id: row.id,
      ListViewXml: viewXml(list, row),
      MobileView: true,
      OrderedView: false,
      Paged: row.paged,
      PersonalView: row.personal,
      ReadOnlyView: false,
      RowLimit: row.rowLimit,
      Scope: row.scope,
      ServerRelativePath: { DecodedUrl: pathOf(list, row) },
      ServerRelativeUrl: pathOf(list, row),
      Title: row.title,
      ViewQuery: row.query,
      ViewType: 'HTML',
    }),
    members: () => ({
      ViewFields: { get: () => viewFields(row, `${uri}/ViewFields`, put) },
      SetViewXml: { post: setXml },
    }),
    merge: async (call) => put(changed(row, await call.json())),
    remove: () => void site.views.delete(list.id, row.id),
  };
  async function setXml(_args: unknown, call: Parameters<NonNullable<Entity['merge']>>[0]) {
    const xml = readXml(textIn(await call.json(), 'viewXml') ?? '');
    const part = (name: string): XmlElement | undefined => xml.children.find((child) => child.name === name);
    put({ fields: part('ViewFields')?.children.map(({ attributes }) => attributes.Name ?? '') ?? row.fields });
    return nothing('SetViewXml');
  }
}

const changed = (row: ViewRow, body: Readonly<Record<string, unknown>>): ViewRow => ({
  ...row,
  title: textIn(body, 'Title') ?? row.title,
  query: textIn(body, 'ViewQuery') ?? row.query,
  rowLimit: Number(body.RowLimit ?? row.rowLimit),
  paged: body.Paged === undefined ? row.paged : body.Paged === true,
  hidden: body.Hidden === undefined ? row.hidden : body.Hidden === true,
  scope: Number(body.Scope ?? row.scope),
});

const pathOf = (list: ListRow, { title }: ViewRow): string =>
  `${list.rootFolder}${list.baseType === 1 ? '/Forms' : ''}/${title.replaceAll(' ', '')}.aspx`;

const viewXml = (list: ListRow, row: ViewRow): string =>
  `<View Name="{${row.id.toUpperCase()}}" DisplayName="${row.title}" Url="${pathOf(list, row)}"><Query>${row.query}</Query><ViewFields>${row.fields
    .map((name) => `<FieldRef Name="${name}" />`)
    .join('')}</ViewFields><RowLimit Paged="${String(row.paged).toUpperCase()}">${row.rowLimit}</RowLimit></View>`;

/** The names of a view's columns: an entity of its own whose `Items` are texts. */
function viewFields(row: ViewRow, uri: string, put: (change: Partial<ViewRow>) => Entity): Entity {
  const done = (fields: readonly string[]) => {
    put({ fields });
    return nothing('ViewFields');
  };
  return {
    kind: 'entity',
    type: 'SP.ViewFieldCollection',
    uri,
    properties: () => ({
      SchemaXml: row.fields.map((name) => `<FieldRef Name="${name}" />`).join(''),
      Items: row.fields,
    }),
    members: () => ({
      SchemaXml: { get: () => plain('SchemaXml', row.fields.map((name) => `<FieldRef Name="${name}" />`).join('')) },
      AddViewField: { post: (args) => done([...row.fields, String(args['0'] ?? args.strfield)]) },
      RemoveViewField: {
        post: (args) => done(row.fields.filter((name) => name !== String(args['0'] ?? args.strfield))),
      },
      RemoveAllViewFields: { post: () => done([]) },
      MoveViewFieldTo: {
        post: async (_args, call) => {
          const body = await call.json();
          const rest = row.fields.filter((name) => name !== body.field);
          return done(rest.toSpliced(Number(body.index), 0, String(body.field)));
        },
      },
    }),
  };
}
