import type { Context } from './context.js';
import { textOf } from './items/item-values.js';
import type { ItemRow, ListRow } from './model.js';
import type { Args } from './odata/literal.js';
import { type Plain, plain } from './odata/resource.js';
import { WEB } from './site.js';

const MOST_ROWS = 500;

/** `search/query?querytext='…'&rowlimit=…`. */
export const searchOfUrl = (context: Context, args: Args): Plain =>
  search(
    context,
    {
      Querytext: args.querytext ?? '',
      RowLimit: args.rowlimit ?? 10,
      StartRow: args.startrow ?? 0,
      SelectProperties: String(args.selectproperties ?? '')
        .split(',')
        .filter((name) => name !== ''),
    },
    'query',
  );

/**
 * Finds items and files by words, all of which must occur in their text, and by `property:value` (keyword query language).
 */
export function search(context: Context, request: Readonly<Record<string, unknown>>, name = 'postquery'): Plain {
  const started = Date.now();
  const terms = String(request.Querytext ?? '').match(/\w+:"[^"]*"|"[^"]*"|[^\s()]+/g) ?? [];
  const from = Number(request.StartRow ?? 0);
  const limit = Math.min(Number(request.RowLimit ?? 10), MOST_ROWS);
  const wanted = listOf(request.SelectProperties);
  const rows: Record<string, unknown>[] = [];
  let total = 0;
  for (const list of context.site.lists.all(WEB).filter(({ hidden }) => !hidden)) {
    for (const item of context.site.items.scan(list.id)) {
      const document = documentOf(context, list, item);
      if (!terms.every((term) => hits(term, document))) continue;
      if (total >= from && rows.length < limit) rows.push(document.properties);
      total += 1;
    }
  }
  return plain(
    name,
    {
      ElapsedTime: Date.now() - started,
      PrimaryQueryResult: {
        CustomResults: [],
        QueryId: '00000000-0000-0000-0000-000000000000',
        QueryRuleId: '00000000-0000-0000-0000-000000000000',
        RefinementResults: null,
        RelevantResults: {
          GroupTemplateId: null,
          ItemTemplateId: null,
          Properties: [],
          ResultTitle: null,
          ResultTitleUrl: null,
          RowCount: rows.length,
          Table: { Rows: rows.map((row) => ({ Cells: cells(row, wanted) })) },
          TotalRows: total,
          TotalRowsIncludingDuplicates: total,
        },
        SpecialTermResults: null,
      },
      Properties: [{ Key: 'RowLimit', Value: String(limit), ValueType: 'Edm.Int32' }],
      SecondaryQueryResults: [],
      SpellingSuggestion: '',
      TriggeredRules: [],
    },
    'Microsoft.Office.Server.Search.REST.SearchResult',
  );
}

function listOf(value: unknown): string[] {
  const inner = typeof value === 'object' && value !== null && 'results' in value ? value.results : value;
  return Array.isArray(inner) ? inner.map(String) : [];
}

const cells = (row: Readonly<Record<string, unknown>>, wanted: readonly string[]) =>
  Object.entries(row)
    .filter(([key]) => wanted.length === 0 || wanted.some((name) => name.toLowerCase() === key.toLowerCase()))
    .map(([Key, Value]) => ({
      Key,
      Value: Value === null ? null : String(Value),
      ValueType: typeof Value === 'number' ? 'Edm.Int64' : 'Edm.String',
    }));

interface Document {
  readonly text: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

function documentOf({ site }: Context, list: ListRow, item: ItemRow): Document {
  const origin = new URL(site.facts.url).origin;
  const path =
    item.file === undefined && !item.folder
      ? `${list.rootFolder}/DispForm.aspx?ID=${item.id}`
      : `${item.dir}/${item.leaf}`;
  const values = site.fieldsOf(list.id).filter(({ hidden, fromBaseType }) => !hidden && !fromBaseType);
  return {
    text: [item.leaf, ...values.map((field) => textOf(site, item, field))].join(' ').toLowerCase(),
    properties: {
      Rank: 1,
      DocId: item.id,
      Title: item.values.Title ?? item.leaf,
      Author: site.users.get(WEB, item.author)?.title ?? '',
      Path: origin + path,
      OriginalPath: origin + path,
      FileType: item.file === undefined ? null : (/\.([^.]+)$/.exec(item.leaf)?.[1] ?? null),
      Size: item.file?.length ?? 0,
      LastModifiedTime: item.modified,
      Write: item.modified,
      ListId: item.list,
      ListItemID: item.id,
      UniqueId: `{${item.guid}}`,
      SPWebUrl: site.facts.url,
      SiteName: site.facts.url,
      contentclass: item.file === undefined ? 'STS_ListItem_GenericList' : 'STS_ListItem_DocumentLibrary',
      IsDocument: item.file !== undefined,
      HitHighlightedSummary: '',
    },
  };
}

function hits(term: string, { text, properties }: Document): boolean {
  const [, property, value] = /^(\w+):"?([^"]*)"?$/.exec(term) ?? [];
  if (property === undefined || value === undefined) {
    const word = term.replaceAll('"', '').toLowerCase();
    return word.endsWith('*') ? text.includes(word.slice(0, -1)) : text.includes(word);
  }
  const key = Object.keys(properties).find((name) => name.toLowerCase() === property.toLowerCase());
  const found = String(key === undefined ? '' : properties[key]).toLowerCase();
  return found.includes(value.replace(/\*$/, '').toLowerCase());
}
