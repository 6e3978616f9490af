import { columnType, entityPropertyName } from '../columns/column-types.js';
import type { Context } from '../context.js';
import { columnNotFound, invalidArgument } from '../fault.js';
import type { FieldRow, ItemRow, ListRow } from '../model.js';
import type { Comparison, Condition, Scalar } from '../odata/condition.js';
import type { SortKey } from '../odata/query-options.js';
import { readXml, type XmlElement } from '../odata/xml.js';

/** What a view's XML asks for. */
export interface CamlView {
  readonly where?: Condition;
  readonly orderBy: readonly SortKey[];
  readonly rowLimit?: number;
  readonly paged: boolean;
  readonly viewFields: readonly string[];
  /** Items of the folder only, of folders below too, files only, files and folders below. */
  readonly scope: 'Default' | 'Recursive' | 'RecursiveAll' | 'FilesOnly';
}

/**
 * Reads `<View>` or `<Query>` (CAML query schema).
 * @throws Fault 400 for unknown elements and columns
 */
export function readCaml(context: Context, list: ListRow, xml: string): CamlView {
  const root = readXml(xml.trim() === '' ? '<View/>' : xml);
  const query = root.name === 'Query' ? root : child(root, 'Query');
  const where = query && child(query, 'Where')?.children[0];
  const limit = child(root, 'RowLimit');
  const reader = new CamlReader(context, list);
  return {
    orderBy: ((query && child(query, 'OrderBy')?.children) ?? []).map(({ attributes }) => ({
      path: reader.path(attributes.Name ?? '', false),
      descending: attributes.Ascending?.toUpperCase() === 'FALSE',
    })),
    paged: limit?.attributes.Paged?.toUpperCase() === 'TRUE',
    viewFields: (child(root, 'ViewFields')?.children ?? []).map(({ attributes }) => attributes.Name ?? ''),
    scope: (root.attributes.Scope as CamlView['scope'] | undefined) ?? 'Default',
    ...(where !== undefined && { where: reader.condition(where) }),
    ...(limit !== undefined && { rowLimit: Number(limit.text.trim()) }),
  };
}

/** Whether a view looks into folders below, and whether it shows folders. */
const scopes: Readonly<Record<CamlView['scope'], { readonly below: boolean; readonly folders: boolean }>> = {
  Default: { below: false, folders: true },
  FilesOnly: { below: false, folders: false },
  Recursive: { below: true, folders: false },
  RecursiveAll: { below: true, folders: true },
};

/** Which items lie where a view looks. */
export function withinScope(scope: CamlView['scope'], folder: string): (item: ItemRow) => boolean {
  const dir = folder.toLowerCase();
  const { below, folders } = scopes[scope] ?? scopes.Default;
  return (item) => {
    const at = item.dir.toLowerCase();
    return (folders || !item.folder) && (at === dir || (below && at.startsWith(`${dir}/`)));
  };
}

const child = ({ children }: XmlElement, name: string): XmlElement | undefined =>
  children.find((element) => element.name === name);

const comparisons: Readonly<Record<string, Comparison>> = {
  Eq: 'eq',
  Neq: 'ne',
  Gt: 'gt',
  Geq: 'ge',
  Lt: 'lt',
  Leq: 'le',
  BeginsWith: 'startswith',
  Contains: 'contains',
  Includes: 'eq',
  NotIncludes: 'ne',
};

class CamlReader {
  readonly #context: Context;
  readonly #list: ListRow;

  constructor(context: Context, list: ListRow) {
    this.#context = context;
    this.#list = list;
  }

  condition(element: XmlElement): Condition {
    if (element.name === 'And' || element.name === 'Or') {
      const of = element.children.map((inner) => this.condition(inner));
      if (of.length !== 2) throw invalidArgument(`<${element.name}> must have two conditions; it has ${of.length}.`);
      return { op: element.name === 'And' ? 'and' : 'or', of };
    }
    const ref = child(element, 'FieldRef');
    if (ref === undefined) throw invalidArgument(`<${element.name}> names no column by FieldRef.`);
    const name = ref.attributes.Name ?? '';
    const path = this.path(name, ref.attributes.LookupId?.toUpperCase() === 'TRUE');
    if (element.name === 'IsNull') return { op: 'null', path };
    if (element.name === 'IsNotNull') return { op: 'notnull', path };
    if (element.name === 'In')
      return { op: 'in', path, values: (child(element, 'Values')?.children ?? []).map((value) => this.#value(value)) };
    const op = comparisons[element.name];
    const value = child(element, 'Value');
    if (op === undefined || value === undefined)
      throw invalidArgument(`The query element <${element.name}> cannot be read.`);
    return this.#compared(op, path, value, ref);
  }

  /** As OData would name it: a look-up by what it shows, or by its number. */
  path(name: string, byNumber: boolean): string {
    const field = this.#field(name);
    const { kind } = columnType(field);
    const property = entityPropertyName(field.internalName);
    if (columnType(field).suffix !== 'Id' || byNumber || (field.fromBaseType && kind === 7)) return property;
    return kind === 20 ? `${property}/Title` : `${property}/${field.more.LookupField ?? 'Title'}`;
  }

  #field(name: string): FieldRow {
    const field = this.#context.site
      .fieldsOf(this.#list.id)
      .find(({ internalName, id }) => internalName === name || id === name.replace(/[{}]/g, ''));
    if (field === undefined) throw columnNotFound(name);
    return field;
  }

  /** A day stands for all its moments unless the query includes the time. */
  #compared(op: Comparison, path: string, element: XmlElement, { attributes }: XmlElement): Condition {
    const value = this.#value(element);
    const byUser = element.attributes.Type === 'Integer' && child(element, 'UserID') !== undefined;
    const own = byUser && attributes.Name !== undefined ? this.path(attributes.Name, true) : path;
    const isDay =
      element.attributes.Type === 'DateTime' && element.attributes.IncludeTimeValue?.toUpperCase() !== 'TRUE';
    if (!isDay || typeof value !== 'string') return { op, path: own, value };
    const day = `${value.slice(0, 10)}T00:00:00Z`;
    const after = new Date(Date.parse(day) + 86_400_000).toISOString();
    const within: Condition = {
      op: 'and',
      of: [
        { op: 'ge', path, value: day },
        { op: 'lt', path, value: after },
      ],
    };
    const days: Readonly<Partial<Record<Comparison, Condition>>> = {
      eq: within,
      ne: { op: 'not', of: [within] },
      gt: { op: 'ge', path, value: after },
      le: { op: 'lt', path, value: after },
    };
    return days[op] ?? { op, path, value: day };
  }

  #value(element: XmlElement): Scalar {
    const { site, user } = this.#context;
    const today = child(element, 'Today');
    if (today !== undefined) {
      const offset = Number(today.attributes.OffsetDays ?? today.attributes.Offset ?? 0);
      return new Date(Date.parse(site.now()) + offset * 86_400_000).toISOString();
    }
    if (child(element, 'Now') !== undefined) return site.now();
    if (child(element, 'UserID') !== undefined) return user.id;
    const text = element.text.trim();
    const numeric = ['Integer', 'Number', 'Counter', 'Currency'].includes(element.attributes.Type ?? '');
    return numeric && text !== '' ? Number(text) : text;
  }
}
