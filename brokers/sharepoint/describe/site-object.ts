import type { JsonSchema, TypeMap } from '../../../config/model/json-schema.js';
import { toDisplayName } from '../../../config/model/names.js';
import type { ServiceMethod, ServiceObject } from '../../../config/model/service-object.js';
import type { SharePointKeys } from '../keys.js';
import { rightsRequests } from './item-methods.js';
import {
  flag,
  guid,
  instant,
  integer,
  type RequestMethod,
  type Result,
  requestMethod,
  text,
} from './request-method.js';

const user: Result = {
  id: ['Id', integer],
  title: ['Title', text],
  loginName: ['LoginName', text],
  email: ['Email', text],
  isSiteAdmin: ['IsSiteAdmin', flag],
};
const group: Result = { id: ['Id', integer], title: ['Title', text], description: ['Description', text] };
const loginName: JsonSchema = { type: 'string', minLength: 1, description: 'A login name or an e-mail address.' };
const number: JsonSchema = { type: 'integer' };
const uuid: JsonSchema = { type: 'string', format: 'uuid' };
const post = { verb: 'POST', kind: 'execute' } as const;

function requests({ termStoreId }: SharePointKeys): RequestMethod[] {
  const store = termStoreId === undefined ? 'termStore' : `termStores/${termStoreId}`;
  return [
    {
      name: 'Read',
      kind: 'read',
      description: 'The site itself.',
      path: '_api/web?$select=Id,Title,Description,Url,ServerRelativeUrl,Language,Created,LastItemModifiedDate',
      result: {
        id: ['Id', guid],
        title: ['Title', text],
        description: ['Description', text],
        url: ['Url', text],
        serverRelativeUrl: ['ServerRelativeUrl', text],
        language: ['Language', integer],
        created: ['Created', instant],
        lastItemModified: ['LastItemModifiedDate', instant],
      },
    },
    { name: 'ReadCurrentUser', kind: 'read', description: 'Who calls.', path: '_api/web/currentuser', result: user },
    {
      name: 'ListUsers',
      kind: 'list',
      description: 'The people and groups that the site knows.',
      path: '_api/web/siteusers',
      result: user,
    },
    {
      ...post,
      name: 'EnsureUser',
      description: 'Makes a person known to the site, and gives their number.',
      path: '_api/web/ensureuser',
      body: { logonName: '$loginName' },
      inputs: { loginName },
      required: ['loginName'],
      result: user,
    },
    {
      name: 'ListGroups',
      kind: 'list',
      description: 'The groups of the site.',
      path: '_api/web/sitegroups',
      result: group,
    },
    {
      ...post,
      name: 'CreateGroup',
      description: 'Makes a group.',
      path: '_api/web/sitegroups',
      body: { Title: '$title', Description: '$description' },
      inputs: { title: { type: 'string', minLength: 1, maxLength: 255 }, description: { type: 'string' } },
      required: ['title'],
      result: group,
    },
    {
      ...post,
      name: 'DeleteGroup',
      description: 'Deletes a group.',
      path: '_api/web/sitegroups/removebyid({groupId:number})',
      inputs: { groupId: number },
      required: ['groupId'],
    },
    {
      name: 'ListGroupMembers',
      kind: 'list',
      description: 'The members of a group.',
      path: '_api/web/sitegroups({groupId:number})/users',
      inputs: { groupId: number },
      required: ['groupId'],
      result: user,
    },
    {
      ...post,
      name: 'AddGroupMember',
      description: 'Adds somebody to a group.',
      path: '_api/web/sitegroups({groupId:number})/users',
      body: { LoginName: '$loginName' },
      inputs: { groupId: number, loginName },
      required: ['groupId', 'loginName'],
      result: user,
    },
    {
      ...post,
      name: 'RemoveGroupMember',
      description: 'Takes somebody out of a group.',
      path: '_api/web/sitegroups({groupId:number})/users/removebyid({userId:number})',
      inputs: { groupId: number, userId: number },
      required: ['groupId', 'userId'],
    },
    {
      name: 'ListRoleDefinitions',
      kind: 'list',
      description: 'The permission levels that the site has.',
      path: '_api/web/roledefinitions',
      result: {
        id: ['Id', integer],
        name: ['Name', text],
        description: ['Description', text],
        isHidden: ['Hidden', flag],
      },
    },
    ...rightsRequests('_api/web', {}),
    {
      name: 'ListSiteColumns',
      kind: 'list',
      description: 'The columns that lists of the site can use.',
      path: '_api/web/fields?$select=Id,InternalName,Title,TypeAsString,Group,Required,Hidden&$filter=Hidden%20eq%20false',
      result: {
        id: ['Id', guid],
        internalName: ['InternalName', text],
        title: ['Title', text],
        type: ['TypeAsString', text],
        group: ['Group', text],
        isRequired: ['Required', flag],
      },
    },
    {
      name: 'ListTerms',
      kind: 'list',
      description: 'The terms of a term set of managed metadata (SharePoint Online).',
      path: `_api/v2.1/${store}/sets/{termSetId:guid}/terms`,
      inputs: { termSetId: uuid },
      required: ['termSetId'],
      result: { id: ['id', guid], label: ['labels[0]/name', text] },
      paged: true,
    },
    {
      name: 'ListRecycleBin',
      kind: 'list',
      description: 'What was deleted and can be brought back.',
      path: '_api/web/recyclebin?$select=Id,Title,LeafName,DirName,DeletedDate,DeletedByName,ItemType',
      result: {
        id: ['Id', guid],
        title: ['Title', text],
        name: ['LeafName', text],
        folder: ['DirName', text],
        deleted: ['DeletedDate', instant],
        deletedBy: ['DeletedByName', text],
      },
    },
    {
      ...post,
      name: 'RestoreFromRecycleBin',
      description: 'Brings back what was deleted.',
      path: "_api/web/recyclebin('{recycleBinItemId:guid}')/restore()",
      inputs: { recycleBinItemId: uuid },
      required: ['recycleBinItemId'],
    },
    {
      ...post,
      name: 'DeleteFromRecycleBin',
      description: 'Deletes for good what is in the recycle bin.',
      path: "_api/web/recyclebin('{recycleBinItemId:guid}')/deleteObject()",
      inputs: { recycleBinItemId: uuid },
      required: ['recycleBinItemId'],
    },
  ];
}

const searchInputs: TypeMap = {
  query: { type: 'string', minLength: 1, description: 'Keyword Query Language, such as: budget filetype:xlsx.' },
  properties: {
    type: 'array',
    items: { type: 'string' },
    description: 'Managed properties that are wanted beside the usual ones.',
  },
  pageSize: { type: 'integer', minimum: 1, maximum: 500, default: 50 },
  everywhere: { type: 'boolean', default: false, description: 'Whether to search beyond this site.' },
};

/** The service object of the site itself. */
export function siteObject(name: string, keys: SharePointKeys): ServiceObject {
  const methods: ServiceMethod[] = [
    ...requests(keys).map((method) => requestMethod(method, `site ${method.name}`)),
    {
      name: 'Search',
      displayName: 'Search',
      description: 'Finds what the search service has indexed, with the rights of the one who calls.',
      kind: 'list',
      input: { type: 'object', properties: searchInputs, required: ['query'], additionalProperties: false },
      output: { type: 'object', additionalProperties: { type: ['string', 'null'] } },
      paged: true,
      origin: { operation: 'site Search' },
      binding: { operation: 'search', list: { id: '', title: '', root: '', timeZone: 'UTC' }, columns: [] },
    },
    {
      name: 'SendRequest',
      displayName: 'Send request',
      description: 'Any request of SharePoint’s REST API below the site.',
      kind: 'execute',
      input: {
        type: 'object',
        properties: {
          verb: { type: 'string', enum: ['GET', 'POST', 'MERGE', 'PUT', 'DELETE'], default: 'GET' },
          path: {
            type: 'string',
            pattern: '^_(api|vti_bin)/[!-~]*$',
            description: 'Below the site, escaped, such as _api/web/lists?$select=Title.',
          },
          body: { description: 'Sent as JSON.' },
          ifMatch: { type: 'string', maxLength: 200, pattern: '^[ -~]*$' },
        },
        required: ['path'],
        additionalProperties: false,
      },
      output: { type: 'object', properties: { status: { type: 'integer' }, body: true }, additionalProperties: false },
      origin: { operation: 'site SendRequest' },
      binding: { operation: 'sendRequest', list: { id: '', title: '', root: '', timeZone: 'UTC' }, columns: [] },
    },
  ];
  return {
    name,
    displayName: toDisplayName(name),
    description: 'The site: its people, groups and rights, search, and the recycle bin.',
    properties: [
      { name: 'id', displayName: 'ID', schema: guid, key: true },
      { name: 'title', displayName: 'Title', schema: text },
      { name: 'url', displayName: 'URL', schema: text },
    ],
    methods,
  };
}
