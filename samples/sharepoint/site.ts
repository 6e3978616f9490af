import type { Database } from 'better-sqlite3';
import { seconds } from './columns/number.js';
import { Uploads } from './files/uploads.js';
import type {
  AttachmentRow,
  CommentRow,
  ContentTypeRow,
  FieldRow,
  GroupRow,
  ListRow,
  RecycledRow,
  RoleAssignmentRow,
  RoleRow,
  UserRow,
  VersionRow,
  ViewRow,
} from './model.js';
import type { Contents } from './store/contents.js';
import { Items } from './store/items.js';
import { Numbers, Records } from './store/records.js';
import { TakenValues } from './store/taken-values.js';

/** The owner of what belongs to no list. */
export const WEB = 'web';

export interface SiteFacts {
  /** `https://host/sites/sales`, without a trailing slash. */
  readonly url: string;
  readonly title: string;
  /** Items that one query may touch. */
  readonly listViewThreshold: number;
  readonly now: () => Date;
}

/** A site: its store, and the few facts that hold for all of it. */
export class Site {
  readonly facts: SiteFacts;
  readonly database: Database;
  readonly contents: Contents;
  readonly lists: Records<ListRow>;
  readonly contentTypes: Records<ContentTypeRow>;
  readonly views: Records<ViewRow>;
  readonly versions: Records<VersionRow>;
  readonly attachments: Records<AttachmentRow>;
  readonly comments: Records<CommentRow>;
  readonly users: Records<UserRow>;
  readonly groups: Records<GroupRow>;
  readonly roles: Records<RoleRow>;
  readonly roleAssignments: Records<RoleAssignmentRow>;
  readonly recycled: Records<RecycledRow>;
  readonly items: Items;
  readonly numbers: Numbers;
  readonly taken: TakenValues;
  readonly uploads: Uploads;
  /** Server-relative: `/sites/sales`, or empty at the root. */
  readonly path: string;
  readonly #fields: Records<FieldRow>;
  readonly #fieldsOfList = new Map<string, readonly FieldRow[]>();

  constructor(facts: SiteFacts, database: Database, contents: Contents) {
    this.facts = facts;
    this.database = database;
    this.contents = contents;
    this.path = new URL(facts.url).pathname.replace(/\/$/, '');
    this.lists = new Records(database, 'list');
    this.contentTypes = new Records(database, 'content type');
    this.views = new Records(database, 'view');
    this.versions = new Records(database, 'version');
    this.attachments = new Records(database, 'attachment');
    this.comments = new Records(database, 'comment');
    this.users = new Records(database, 'user');
    this.groups = new Records(database, 'group');
    this.roles = new Records(database, 'role');
    this.roleAssignments = new Records(database, 'role assignment');
    this.recycled = new Records(database, 'recycled');
    this.#fields = new Records(database, 'field');
    this.items = new Items(database);
    this.numbers = new Numbers(database);
    this.taken = new TakenValues(database);
    this.uploads = new Uploads(contents);
  }

  /** The columns of a list, or the site's own under `WEB`; kept in memory, since every item needs them. */
  fieldsOf(owner: string): readonly FieldRow[] {
    let fields = this.#fieldsOfList.get(owner);
    if (fields === undefined) {
      fields = this.#fields.all(owner);
      this.#fieldsOfList.set(owner, fields);
    }
    return fields;
  }

  putField(owner: string, field: FieldRow): FieldRow {
    this.#fieldsOfList.delete(owner);
    return this.#fields.put(owner, field);
  }

  deleteField(owner: string, id: string): void {
    this.#fieldsOfList.delete(owner);
    this.#fields.delete(owner, id);
  }

  /** Now, in whole seconds, as SharePoint keeps moments. */
  now(): string {
    return seconds(this.facts.now().getTime());
  }
}
