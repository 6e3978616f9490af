import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { TypeAsString } from './columns/column-types.js';
import type { Context } from './context.js';
import { addFolder } from './entities/folder-entity.js';
import { fileNotFound } from './fault.js';
import { addFile } from './files/write-file.js';
import { acceptValues } from './items/accept-values.js';
import { addItem } from './items/change-item.js';
import { newField } from './lists/built-in-fields.js';
import { addField, createList, type NewList } from './lists/create-list.js';
import { encodedName } from './lists/encoded-name.js';
import type { FieldRow, ListRow, UserRow } from './model.js';
import { ensureUser } from './people/ensure-user.js';
import { type Site, WEB } from './site.js';

/** A column to be made; `more` is what only its type has. A look-up names its list by title. */
export interface ColumnSpec extends Partial<Omit<FieldRow, 'type' | 'id'>> {
  readonly title: string;
  readonly type: TypeAsString;
  readonly lookupList?: string;
}

export interface ListSpec extends NewList {
  readonly columns?: readonly ColumnSpec[];
}

/** Makes what a site has: lists with columns, items, folders, files, people. */
export class SiteBuilder {
  readonly #site: Site;

  constructor(site: Site) {
    this.#site = site;
  }

  /** Makes what every site has, and then what is given; a store that was filled before stays as it is. */
  async begin(fill: (build: SiteBuilder) => void | Promise<void>): Promise<void> {
    if (this.#site.roles.all(WEB).length > 0) return;
    this.#site.database.transaction(() => this.#basics())();
    await fill(this);
  }

  list({ columns = [], ...list }: ListSpec): ListRow {
    return this.#site.database.transaction(() => {
      const made = createList(this.#site, list);
      for (const column of columns) this.column(made, column);
      return made;
    })();
  }

  column(list: ListRow, { lookupList, more = {}, ...column }: ColumnSpec): FieldRow {
    const site = this.#site;
    const field = newField(column.type, column.internalName ?? encodedName(column.title), column.title);
    const target = site.lists.all(WEB).find(({ title }) => title === lookupList);
    const taxonomy = column.type.startsWith('Taxonomy') ? this.#hiddenNote(list, field) : {};
    return addField(site, list, {
      ...field,
      ...column,
      internalName: field.internalName,
      indexed: column.indexed === true || column.unique === true,
      more: { ...field.more, ...(target !== undefined && { LookupList: target.id }), ...taxonomy, ...more },
    });
  }

  /** @param values as REST takes them: `CustomerId`, not `Customer` */
  item(list: ListRow, values: Readonly<Record<string, unknown>>, by = 'system@example.org'): number {
    const { values: accepted, contentType } = acceptValues(this.#site, list, values);
    return addItem(this.#context(by), list, { values: accepted, ...(contentType !== undefined && { contentType }) }).id;
  }

  /** Many at once, in one transaction. */
  items(list: ListRow, count: number, values: (index: number) => Readonly<Record<string, unknown>>): void {
    this.#site.database.transaction(() => {
      for (let index = 0; index < count; index += 1) this.item(list, values(index));
    })();
  }

  /** @param path below the list's root folder */
  folder(list: ListRow, path: string): string {
    return addFolder(this.#context('system@example.org'), `${list.rootFolder}/${path}`, false);
  }

  async file(list: ListRow, path: string, content: string | Buffer): Promise<void> {
    const cut = path.lastIndexOf('/');
    const folder = cut < 0 ? list.rootFolder : `${list.rootFolder}/${path.slice(0, cut)}`;
    await addFile(
      this.#context('system@example.org'),
      folder,
      { name: path.slice(cut + 1), overwrite: false },
      Readable.from([Buffer.from(content)]),
    );
  }

  person(address: string, title?: string): UserRow {
    return ensureUser(this.#site, address, title);
  }

  /** A content type of a list, with the columns that it has. */
  contentType(list: ListRow, id: string, name: string, columns: readonly string[]): string {
    const fields = this.#site.fieldsOf(list.id).filter(({ internalName }) => columns.includes(internalName));
    const own = `${id}00${list.id.replaceAll('-', '').toUpperCase()}`;
    this.#site.contentTypes.put(list.id, {
      id: own,
      name,
      description: '',
      group: 'Custom Content Types',
      hidden: false,
      readOnly: false,
      sealed: false,
      fields: fields.map(({ id: field, internalName, required, hidden }) => ({
        id: field,
        name: internalName,
        required,
        hidden,
      })),
    });
    return own;
  }

  /** Locks a file for one person, as an open Office document is. @throws Fault 404 */
  checkOut(path: string, by: string): void {
    const item = this.#site.items.byPath(`${this.#site.path}/${path}`);
    if (item?.file === undefined) throw fileNotFound();
    this.#site.items.put({ ...item, file: { ...item.file, checkedOutBy: this.person(by).id } });
  }

  #hiddenNote(list: ListRow, field: FieldRow): Record<string, unknown> {
    const note = {
      ...newField('Note', field.id.replaceAll('-', ''), `${field.title}_0`),
      id: randomUUID(),
      hidden: true,
    };
    addField(this.#site, list, note);
    return { TextField: note.id, TermSetId: randomUUID(), SspId: randomUUID() };
  }

  #context = (by: string): Context => ({ site: this.#site, user: this.person(by) });

  #basics(): void {
    const site = this.#site;
    const full = { high: '2147483647', low: '4294967295' };
    for (const [id, name, kind, order] of [
      [1073741829, 'Full Control', 5, 1],
      [1073741828, 'Design', 4, 32],
      [1073741830, 'Edit', 6, 48],
      [1073741827, 'Contribute', 3, 64],
      [1073741826, 'Read', 2, 128],
      [1073741825, 'Limited Access', 1, 160],
    ] as const) {
      site.roles.put(WEB, {
        id,
        name,
        description: `Can ${name.toLowerCase()}.`,
        kind,
        order,
        hidden: kind === 1,
        ...(kind === 5 ? full : { high: '176', low: '138612833' }),
      });
    }
    const owner = site.users.put(WEB, {
      id: 1,
      loginName: 'i:0#.f|membership|system@example.org',
      title: 'System Account',
      email: 'system@example.org',
      siteAdmin: true,
    });
    for (const [suffix, role] of [
      ['Owners', 1073741829],
      ['Visitors', 1073741826],
      ['Members', 1073741830],
    ] as const) {
      const id = site.numbers.next('principals', 3);
      site.groups.put(WEB, {
        id,
        title: `${site.facts.title} ${suffix}`,
        description: '',
        owner: owner.id,
        members: suffix === 'Owners' ? [owner.id] : [],
      });
      site.roleAssignments.put(WEB, { id, roles: [role] });
    }
    site.putField(WEB, {
      ...newField('Text', 'Title', 'Title'),
      id: 'fa564e0f-0c70-4ab9-b863-0177e6ddd247',
      required: true,
      group: '_Hidden',
    });
    for (const [id, name] of [
      ['0x01', 'Item'],
      ['0x0101', 'Document'],
      ['0x0120', 'Folder'],
      ['0x0120D520', 'Document Set'],
    ] as const) {
      site.contentTypes.put(WEB, {
        id,
        name,
        description: '',
        group: 'List Content Types',
        hidden: false,
        readOnly: false,
        sealed: id === '0x0120',
        fields: [],
      });
    }
  }
}
