/** What discovery works out for calls: plain JSON, kept as the binding of methods. */

/** How a column's values are read and written. */
export type ColumnKind =
  | 'text'
  | 'number'
  | 'boolean'
  | 'choices'
  | 'date'
  | 'dateTime'
  | 'lookup'
  | 'lookups'
  | 'person'
  | 'persons'
  | 'term'
  | 'terms'
  | 'link'
  | 'image'
  | 'location'
  | 'geolocation'
  | 'size'
  | 'isFolder';

/** A column of a list, as a call needs it. */
export interface ColumnPlan {
  /** The property. */
  readonly name: string;
  /** The name that people read. */
  readonly title: string;
  /** The name in requests: `EntityPropertyName`. */
  readonly entity: string;
  readonly kind: ColumnKind;
  /** For a lookup: the column of the other list that is shown. For several terms: the hidden column that takes them. */
  readonly other?: string;
  /** Can be written. */
  readonly writable?: true;
}

/** A list or library, as a call needs it. */
export interface ListPlan {
  /** GUID. */
  readonly id: string;
  readonly title: string;
  /** Whether its items are files. */
  readonly library?: true;
  /** The server-relative path of its root folder. */
  readonly root: string;
  /** IANA name, or `UTC±hh:mm` where the site's zone has none. */
  readonly timeZone: string;
  /** Whether terms have to be looked up beside the columns, because a term column gives numbers for labels. */
  readonly termLabels?: true;
}

/** What all methods of items have. */
export interface ItemPlan {
  readonly list: ListPlan;
  readonly columns: readonly ColumnPlan[];
  /** The content type that new items have, and that listed ones are of. */
  readonly contentType?: string;
}

/** A view, by its title. */
export interface ViewPlan {
  readonly title: string;
  /** CAML. */
  readonly query: string;
}

export interface ItemBinding extends ItemPlan {
  readonly operation: Exclude<Operation, 'request'>;
  readonly views?: readonly ViewPlan[];
}

export type Operation =
  | 'list'
  | 'listView'
  | 'caml'
  | 'read'
  | 'create'
  | 'update'
  | 'delete'
  | 'createMany'
  | 'updateMany'
  | 'deleteMany'
  | 'upload'
  | 'replaceContent'
  | 'download'
  | 'createFolder'
  | 'createDocumentSet'
  | 'move'
  | 'copy'
  | 'addAttachment'
  | 'downloadAttachment'
  | 'search'
  | 'sendRequest'
  | 'request';

/** How an input stands in a path: a whole number, a text in quotes, a server-relative path in quotes, a GUID in quotes. */
export type Slot = 'number' | 'text' | 'path' | 'guid';

/** A request that is all described by its plan. */
export interface RequestBinding {
  readonly operation: 'request';
  readonly verb: 'GET' | 'POST';
  /** Text and inputs in turn; the text is escaped already. */
  readonly path: readonly (string | { readonly input: string; readonly as: Slot })[];
  /** JSON; a text that begins with `$` stands for the input of that name. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Property of the result → where it is in the answer. Absent: there is no result. */
  readonly shape?: Shape;
  readonly list?: string;
}

/** Property → names from the answer's record inwards, joined by `/`. */
export type Shape = Readonly<Record<string, string>>;

export type SharePointBinding = ItemBinding | RequestBinding;
