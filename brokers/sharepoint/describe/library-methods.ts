import { fileSchema } from '../../../config/model/file-value.js';
import type { JsonSchema, TypeMap } from '../../../config/model/json-schema.js';
import type { ServiceMethod } from '../../../config/model/service-object.js';
import { inputSchema } from './columns.js';
import { type ListContext, type MethodDraft, methodOf, operationOf } from './list-method.js';
import { flag, instant, integer, type RequestMethod, requestMethod, text } from './request-method.js';

const id: JsonSchema = { type: 'integer', title: 'ID' };
const name: JsonSchema = { type: 'string', minLength: 1, maxLength: 400 };
const folder: JsonSchema = {
  type: 'string',
  description: 'A path below the library, such as 2024/Q1. Default: the library itself.',
};
const overwrite: JsonSchema = { type: 'boolean', default: false };
const comment: JsonSchema = { type: 'string', maxLength: 1023 };
const DOCUMENT_SET = '0x0120D520';

const stored: JsonSchema = {
  type: 'object',
  properties: { ID: integer, name: text, path: text, size: integer, ETag: text },
  additionalProperties: false,
};
const moved: JsonSchema = { type: 'object', properties: { path: text }, additionalProperties: false };

/** What only libraries can do. */
export function libraryMethods(context: ListContext): ServiceMethod[] {
  const { list, columns } = context;
  const metadata = columns.filter(({ plan, internal }) => plan.writable && internal !== 'FileLeafRef');
  const columnInputs: TypeMap = Object.fromEntries(
    metadata.map((column) => [column.plan.name, inputSchema(column, false)]),
  );
  const set = list.types.find((type) => type.id.toUpperCase().startsWith(DOCUMENT_SET.toUpperCase()));
  const place = (more: TypeMap): TypeMap => withoutClash(more, columnInputs);
  const drafts: MethodDraft[] = [
    {
      name: 'Upload',
      kind: 'create',
      description:
        'Stores a file with its columns; a large one goes in pieces. When a piece or the columns are refused, the error says what is there.',
      operation: 'upload',
      properties: place({ file: fileSchema, folder, overwrite }),
      required: ['file'],
      output: stored,
    },
    {
      name: 'ReplaceContent',
      kind: 'execute',
      description: 'Gives a file another content; its columns stay.',
      operation: 'replaceContent',
      properties: { ID: id, file: fileSchema },
      required: ['ID', 'file'],
      output: stored,
    },
    {
      name: 'Download',
      kind: 'execute',
      description: 'The content of a file.',
      operation: 'download',
      properties: { ID: id },
      required: ['ID'],
      output: fileSchema,
    },
    {
      name: 'CreateFolder',
      kind: 'execute',
      description: 'Makes a folder.',
      operation: 'createFolder',
      properties: { name, folder },
      required: ['name'],
      output: { type: 'object', properties: { name: text, path: text }, additionalProperties: false },
    },
    ...(set === undefined
      ? []
      : ([
          {
            name: 'CreateDocumentSet',
            kind: 'execute',
            description: `Makes a document set of the content type ${set.name}.`,
            operation: 'createDocumentSet',
            properties: place({ name, folder }),
            required: ['name'],
            output: stored,
            contentType: set.id,
          },
        ] satisfies MethodDraft[])),
    ...(['move', 'copy'] as const).map(
      (operation): MethodDraft => ({
        name: operation === 'move' ? 'Move' : 'Copy',
        kind: 'execute',
        description: `${operation === 'move' ? 'Moves' : 'Copies'} a file or folder, also into another library of the site.`,
        operation,
        properties: {
          ID: id,
          to: {
            type: 'string',
            minLength: 1,
            description: 'The new path, name and all: below the library, or from the host’s root (/sites/…).',
          },
          overwrite,
        },
        required: ['ID', 'to'],
        output: moved,
      }),
    ),
  ];
  return [
    ...drafts.map((draft) => methodOf(draft, context)),
    ...fileRequests(`_api/web/lists(guid'${list.id}')/items({ID:number})`).map((method) =>
      requestMethod(method, operationOf(list, method.name), list.title),
    ),
  ];
}

/** A column that has the name of an input of the method's own cannot be given with it. */
function withoutClash(own: TypeMap, columns: TypeMap): TypeMap {
  return { ...columns, ...own };
}

function fileRequests(item: string): RequestMethod[] {
  const byId = { inputs: { ID: id }, required: ['ID'] };
  const withComment = { inputs: { ID: id, comment }, required: ['ID'] };
  const post = { verb: 'POST', kind: 'execute' } as const;
  return [
    {
      ...post,
      name: 'CheckOut',
      description: 'Checks a file out: nobody else can change it.',
      path: `${item}/File/CheckOut()`,
      ...byId,
    },
    {
      ...post,
      name: 'CheckIn',
      description: 'Checks a file in. Type 0 is a minor version, 1 a major one, 2 overwrites the version.',
      path: `${item}/File/CheckIn(comment={comment:text},checkintype={checkInType:number})`,
      inputs: {
        ID: id,
        comment,
        checkInType: {
          type: 'integer',
          enum: [0, 1, 2],
          'x-enum-varnames': ['Minor', 'Major', 'Overwrite'],
          default: 1,
        },
      },
      required: ['ID'],
    },
    {
      ...post,
      name: 'UndoCheckOut',
      description: 'Gives up what was changed since the check-out.',
      path: `${item}/File/UndoCheckOut()`,
      ...byId,
    },
    {
      ...post,
      name: 'Publish',
      description: 'Makes the draft a major version.',
      path: `${item}/File/Publish(comment={comment:text})`,
      ...withComment,
    },
    {
      ...post,
      name: 'Unpublish',
      description: 'Makes the major version a draft.',
      path: `${item}/File/Unpublish(comment={comment:text})`,
      ...withComment,
    },
    {
      ...post,
      name: 'Approve',
      description: 'Approves what waits for approval.',
      path: `${item}/File/Approve(comment={comment:text})`,
      ...withComment,
    },
    {
      ...post,
      name: 'Deny',
      description: 'Refuses what waits for approval.',
      path: `${item}/File/Deny(comment={comment:text})`,
      ...withComment,
    },
    {
      name: 'ListFileVersions',
      kind: 'list',
      description: 'The former versions of a file’s content.',
      path: `${item}/File/Versions`,
      ...byId,
      result: {
        versionId: ['ID', integer],
        label: ['VersionLabel', text],
        size: ['Size', integer],
        created: ['Created', instant],
        isCurrent: ['IsCurrentVersion', flag],
        comment: ['CheckInComment', text],
      },
    },
    {
      ...post,
      name: 'RestoreVersion',
      description: 'Makes a former version the current one.',
      path: `${item}/File/Versions/RestoreByLabel(versionlabel={label:text})`,
      inputs: { ID: id, label: { type: 'string', minLength: 1 } },
      required: ['ID', 'label'],
    },
  ];
}
