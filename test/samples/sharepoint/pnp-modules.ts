/**
 * PnPjs adds members to its types module by module, under names without an extension that Node's module resolution does not
 * find; here are those that the tests use, under names that it finds.
 */
import type { IAttachments } from '@pnp/sp/attachments/types.js';
import type { IComments } from '@pnp/sp/comments/types.js';
import type { IContentTypes } from '@pnp/sp/content-types/types.js';
import type { IFields } from '@pnp/sp/fields/types.js';
import type { IFile, IFiles } from '@pnp/sp/files/types.js';
import type { IFolder, IFolders } from '@pnp/sp/folders/types.js';
import type { IItems } from '@pnp/sp/items/types.js';
import type { IList, ILists } from '@pnp/sp/lists/types.js';
import type { IRecycleBin } from '@pnp/sp/recycle-bin/types.js';
import type { SearchResults } from '@pnp/sp/search/query.js';
import type { SearchQueryInit } from '@pnp/sp/search/types.js';
import type { IRoleDefinitions, ISecurableMethods } from '@pnp/sp/security/types.js';
import type { ISiteGroup, ISiteGroups } from '@pnp/sp/site-groups/types.js';
import type { ISiteUser, ISiteUserInfo, ISiteUsers } from '@pnp/sp/site-users/types.js';
import type { IView, IViews } from '@pnp/sp/views/types.js';
import type { IWeb } from '@pnp/sp/webs/types.js';

declare module '@pnp/sp/fi.js' {
  interface SPFI {
    readonly web: IWeb;
    search(query: SearchQueryInit): Promise<SearchResults>;
    batched(props?: { maxRequests?: number }): [SPFI, () => Promise<void>];
  }
}

declare module '@pnp/sp/webs/types.js' {
  interface IWeb extends ISecurableMethods {
    readonly lists: ILists;
    readonly fields: IFields;
    readonly contentTypes: IContentTypes;
    readonly folders: IFolders;
    readonly rootFolder: IFolder;
    readonly siteUsers: ISiteUsers;
    readonly currentUser: ISiteUser;
    readonly siteGroups: ISiteGroups;
    readonly associatedMemberGroup: ISiteGroup;
    readonly roleDefinitions: IRoleDefinitions;
    readonly recycleBin: IRecycleBin;
    getList(listRelativeUrl: string): IList;
    getFileByServerRelativePath(path: string): IFile;
    getFileById(uniqueId: string): IFile;
    getFolderByServerRelativePath(path: string): IFolder;
    ensureUser(loginName: string): Promise<ISiteUserInfo>;
    getUserById(id: number): ISiteUser;
  }
}

declare module '@pnp/sp/lists/types.js' {
  interface IList extends ISecurableMethods {
    readonly items: IItems;
    readonly fields: IFields;
    readonly contentTypes: IContentTypes;
    readonly views: IViews;
    readonly defaultView: IView;
    readonly rootFolder: IFolder;
  }
}

declare module '@pnp/sp/items/types.js' {
  interface IItem extends ISecurableMethods {
    readonly attachmentFiles: IAttachments;
    readonly comments: IComments;
    readonly file: IFile;
    readonly folder: IFolder;
  }
}

declare module '@pnp/sp/folders/types.js' {
  interface IFolder {
    readonly files: IFiles;
  }
}
