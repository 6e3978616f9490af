/** What the site keeps, in SharePoint's words. */

/** A column's value as it is stored. Lookups and people are numbers, many of them arrays. */
export type Value =
  | string
  | number
  | boolean
  | null
  | readonly (string | number)[]
  | TermValue
  | readonly TermValue[]
  | Link;

export interface TermValue {
  readonly TermGuid: string;
  readonly Label: string;
  readonly WssId: number;
}

export interface Link {
  readonly Url: string;
  readonly Description: string;
}

export interface ListRow {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** 100 a list, 101 a document library. */
  readonly baseTemplate: number;
  readonly baseType: 0 | 1;
  readonly hidden: boolean;
  /** Server-relative. */
  readonly rootFolder: string;
  readonly rootFolderId: string;
  readonly entityTypeName: string;
  readonly created: string;
  readonly modified: string;
  readonly enableAttachments: boolean;
  readonly enableVersioning: boolean;
  readonly enableMinorVersions: boolean;
  readonly enableModeration: boolean;
  readonly enableFolderCreation: boolean;
  readonly forceCheckout: boolean;
  readonly contentTypesEnabled: boolean;
  readonly version: number;
  readonly uniquePermissions: boolean;
}

export interface FieldRow {
  readonly id: string;
  readonly internalName: string;
  readonly title: string;
  /** `TypeAsString`. */
  readonly type: string;
  readonly required: boolean;
  readonly readOnly: boolean;
  readonly hidden: boolean;
  readonly fromBaseType: boolean;
  readonly canBeDeleted: boolean;
  readonly indexed: boolean;
  readonly unique: boolean;
  readonly defaultValue: string | null;
  readonly description: string;
  readonly group: string;
  /** What only its type has: `MaxLength`, `Choices`, `LookupList`, … */
  readonly more: Readonly<Record<string, unknown>>;
}

export interface ContentTypeRow {
  /** `0x0100…`. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly group: string;
  readonly hidden: boolean;
  readonly readOnly: boolean;
  readonly sealed: boolean;
  readonly fields: readonly ContentTypeField[];
}

export interface ContentTypeField {
  readonly id: string;
  readonly name: string;
  readonly required: boolean;
  readonly hidden: boolean;
}

export interface ViewRow {
  readonly id: string;
  readonly title: string;
  readonly fields: readonly string[];
  readonly query: string;
  readonly rowLimit: number;
  readonly paged: boolean;
  readonly hidden: boolean;
  readonly personal: boolean;
  readonly isDefault: boolean;
  /** 0 a folder's own, 1 files below it too, 2 files and folders below it. */
  readonly scope: number;
}

export interface ItemRow {
  readonly list: string;
  readonly id: number;
  /** `GUID` of an item, `UniqueId` of a file or folder. */
  readonly guid: string;
  /** `FileSystemObjectType`: 0 an item or a file, 1 a folder. */
  readonly folder: boolean;
  /** Server-relative folder. */
  readonly dir: string;
  readonly leaf: string;
  readonly values: Readonly<Record<string, Value>>;
  readonly contentType: string;
  /** Counts every change; the ETag's second half. */
  readonly version: number;
  readonly major: number;
  readonly minor: number;
  readonly created: string;
  readonly modified: string;
  readonly author: number;
  readonly editor: number;
  /** 0 approved, 1 denied, 2 pending, 3 draft. */
  readonly moderation: number;
  readonly moderationComments: string | null;
  readonly uniquePermissions: boolean;
  readonly file?: FileFacts;
}

export interface FileFacts {
  /** Where its bytes are. */
  readonly content: string;
  /** Bytes. */
  readonly length: number;
  readonly checkedOutBy: number | null;
  readonly checkInComment: string;
}

export interface VersionRow {
  /** 512 × major + minor. */
  readonly id: number;
  readonly item: ItemRow;
}

export interface AttachmentRow {
  /** Its file name. */
  readonly id: string;
  readonly content: string;
  readonly length: number;
}

export interface CommentRow {
  readonly id: string;
  readonly text: string;
  readonly author: number;
  readonly created: string;
  readonly parent: string | null;
  readonly likes: readonly number[];
}

export interface UserRow {
  readonly id: number;
  readonly loginName: string;
  readonly title: string;
  readonly email: string;
  readonly siteAdmin: boolean;
}

export interface GroupRow {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly owner: number;
  readonly members: readonly number[];
}

export interface RoleRow {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly kind: number;
  readonly high: string;
  readonly low: string;
  readonly order: number;
  readonly hidden: boolean;
}

export interface RoleAssignmentRow {
  /** The principal's number. */
  readonly id: number;
  readonly roles: readonly number[];
}

export interface RecycledRow {
  readonly id: string;
  readonly title: string;
  readonly dir: string;
  readonly leaf: string;
  /** 1 file, 3 list item, 4 list, 5 folder. */
  readonly itemType: number;
  readonly size: number;
  readonly deletedBy: number;
  readonly deleted: string;
  readonly author: number;
  readonly stage: 1 | 2;
  readonly items: readonly ItemRow[];
  readonly list?: ListRow;
}
