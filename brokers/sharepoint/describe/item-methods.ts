import { fileSchema } from '../../../config/model/file-value.js';
import type { JsonSchema, TypeMap } from '../../../config/model/json-schema.js';
import type { ServiceMethod } from '../../../config/model/service-object.js';
import { type ListContext, type MethodDraft, methodOf, operationOf } from './list-method.js';
import { flag, instant, integer, type RequestMethod, requestMethod, text } from './request-method.js';

const id: JsonSchema = { type: 'integer', title: 'ID' };
const given: JsonSchema = { type: 'string', minLength: 1 };
const person = { authorName: ['author/name', text], authorEmail: ['author/email', text] } as const;

/** What there is beside an item's columns: versions, attachments, comments, rights. */
export function itemMethods(context: ListContext): ServiceMethod[] {
  const { list } = context;
  const item = `_api/web/lists(guid'${list.id}')/items({ID:number})`;
  const byId = { inputs: { ID: id }, required: ['ID'] };
  const requests: RequestMethod[] = [
    ...(list.versioning
      ? ([
          {
            name: 'ListVersions',
            kind: 'list',
            description: 'The versions of an item, the newest first.',
            path: `${item}/versions?$select=VersionId,VersionLabel,IsCurrentVersion,Created`,
            ...byId,
            result: {
              versionId: ['VersionId', integer],
              label: ['VersionLabel', text],
              isCurrent: ['IsCurrentVersion', flag],
              created: ['Created', instant],
            },
          },
        ] satisfies RequestMethod[])
      : []),
    {
      name: 'ListComments',
      kind: 'list',
      description: 'What people have said of an item.',
      path: `${item}/Comments()`,
      ...byId,
      result: {
        commentId: ['id', text],
        text: ['text', text],
        created: ['createdDate', instant],
        ...person,
      },
    },
    {
      name: 'AddComment',
      kind: 'execute',
      description: 'Adds a comment to an item.',
      verb: 'POST',
      path: `${item}/Comments()`,
      body: { text: '$text' },
      inputs: { ID: id, text: { ...(given as object), 'x-smartwright-data-type': 'Memo' } as JsonSchema },
      required: ['ID', 'text'],
      result: { commentId: ['id', text], text: ['text', text], created: ['createdDate', instant], ...person },
    },
    {
      name: 'DeleteComment',
      kind: 'execute',
      description: 'Deletes a comment.',
      verb: 'POST',
      headers: { 'x-http-method': 'DELETE' },
      path: `${item}/Comments({commentId:number})`,
      inputs: { ID: id, commentId: { type: 'integer' } },
      required: ['ID', 'commentId'],
    },
    ...(list.attachments && !list.isLibrary ? attachmentRequests(item) : []),
    ...rightsRequests(`_api/web/lists(guid'${list.id}')`, {}),
    ...rightsRequests(item, { ID: id }),
  ];
  const drafts = list.attachments && !list.isLibrary ? attachmentDrafts : [];
  return [
    ...requests.map((method) => requestMethod(method, operationOf(list, method.name), list.title)),
    ...drafts.map((draft) => methodOf(draft, { ...context, columns: [] })),
  ];
}

const attachmentRequests = (item: string): RequestMethod[] => [
  {
    name: 'ListAttachments',
    kind: 'list',
    description: 'The files that are attached to an item.',
    path: `${item}/AttachmentFiles?$select=FileName,ServerRelativeUrl`,
    inputs: { ID: id },
    required: ['ID'],
    result: { fileName: ['FileName', text], serverRelativeUrl: ['ServerRelativeUrl', text] },
  },
  {
    name: 'DeleteAttachment',
    kind: 'execute',
    description: 'Puts an attached file into the recycle bin.',
    verb: 'POST',
    path: `${item}/AttachmentFiles/getByFileName({fileName:text})/recycleObject`,
    inputs: { ID: id, fileName: given },
    required: ['ID', 'fileName'],
  },
];

const attachmentDrafts: readonly MethodDraft[] = [
  {
    name: 'AddAttachment',
    kind: 'execute',
    description: 'Attaches a file to an item. The file needs a name.',
    operation: 'addAttachment',
    properties: { ID: id, file: fileSchema },
    required: ['ID', 'file'],
    output: {
      type: 'object',
      properties: { fileName: text, serverRelativeUrl: text },
      additionalProperties: false,
    },
  },
  {
    name: 'DownloadAttachment',
    kind: 'execute',
    description: 'An attached file.',
    operation: 'downloadAttachment',
    properties: { ID: id, fileName: given },
    required: ['ID', 'fileName'],
    output: fileSchema,
  },
];

/** Rights of a list, or of an item where there is an `ID`. */
export function rightsRequests(
  path: string,
  inputs: TypeMap,
  prefix = Object.hasOwn(inputs, 'ID') ? 'Item' : '',
): RequestMethod[] {
  const assignment: TypeMap = { ...inputs, principalId: { type: 'integer' }, roleDefinitionId: { type: 'integer' } };
  const named = `${path}/RoleAssignments`;
  return [
    {
      name: `List${prefix}RoleAssignments`,
      kind: 'list',
      description: 'Who has which rights.',
      path: `${named}?$expand=Member,RoleDefinitionBindings`,
      inputs,
      required: Object.keys(inputs),
      result: {
        principalId: ['PrincipalId', integer],
        loginName: ['Member/LoginName', text],
        title: ['Member/Title', text],
        roles: ['RoleDefinitionBindings[]/Name', { type: 'array', items: { type: 'string' } }],
      },
    },
    {
      name: `Add${prefix}RoleAssignment`,
      kind: 'execute',
      description: 'Gives somebody rights. They must not be inherited.',
      verb: 'POST',
      path: `${named}/addRoleAssignment(principalid={principalId:number},roledefid={roleDefinitionId:number})`,
      inputs: assignment,
      required: Object.keys(assignment),
    },
    {
      name: `Remove${prefix}RoleAssignment`,
      kind: 'execute',
      description: 'Takes rights from somebody. They must not be inherited.',
      verb: 'POST',
      path: `${named}/removeRoleAssignment(principalid={principalId:number},roledefid={roleDefinitionId:number})`,
      inputs: assignment,
      required: Object.keys(assignment),
    },
    {
      name: `Break${prefix}RoleInheritance`,
      kind: 'execute',
      description: 'From now on rights are its own, a copy of those that it inherited.',
      verb: 'POST',
      path: `${path}/breakRoleInheritance(copyRoleAssignments=true,clearSubscopes=false)`,
      inputs,
      required: Object.keys(inputs),
    },
    {
      name: `Reset${prefix}RoleInheritance`,
      kind: 'execute',
      description: 'Inherits rights again; its own are lost.',
      verb: 'POST',
      path: `${path}/resetRoleInheritance`,
      inputs,
      required: Object.keys(inputs),
    },
  ];
}
