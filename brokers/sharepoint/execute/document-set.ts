import { UpstreamError } from '../../../config/model/errors.js';
import { inputInvalid } from '../../input-error.js';
import { isFields, numberIn, recordsOf, textIn } from '../odata/answer.js';
import { absolutePath, listPath, type OperationCall, post, subjectOf } from './operation.js';
import { halfWritten } from './upload.js';
import { bodyFor, mergeItem } from './write-items.js';

/** Makes a document set: a folder of a content type of its own. */
export async function createDocumentSet(call: OperationCall): Promise<{ readonly value: unknown }> {
  const { contentType, ...plan } = call.plan;
  const name = String(call.input.name);
  if (/[/\\]/.test(name)) throw inputInvalid('name', 'must be one name, without / and \\');
  const folder = absolutePath(call, String(call.input.folder ?? ''));
  const about = { ...subjectOf(call, undefined), file: name };
  const json = {
    listItemCreateInfo: { FolderPath: { DecodedUrl: folder }, UnderlyingObjectType: 1 },
    formValues: [
      { FieldName: 'FileLeafRef', FieldValue: name },
      { FieldName: 'ContentTypeId', FieldValue: contentType },
    ],
    bNewDocumentUpdate: false,
  };
  const columns = await bodyFor({ ...call, plan }, call.input);
  const request = post(`${listPath(call)}/AddValidateUpdateItemUsingPath`, about, { json });
  const fields = recordsOf(await call.site.json(request));
  const refused = fields.find(({ HasException }) => HasException === true);
  if (refused !== undefined) {
    const upstream = { status: 200, headers: {}, body: refused };
    const column = textIn(refused, 'FieldName') ?? '';
    throw new UpstreamError(
      'UPSTREAM_REFUSED',
      `List "${plan.list.title}": SharePoint refuses the column "${column}".`,
      {
        extensions: { upstream, sharepoint: { reason: 'invalid-value', list: plan.list.title, column } },
      },
    );
  }
  const id = fields.filter(isFields).find(({ FieldName }) => FieldName === 'Id');
  const ID = id === undefined ? undefined : numberIn(id, 'FieldValue');
  const path = `${folder}/${name}`;
  const value = { ID: ID ?? null, name, path, size: null, ETag: null };
  if (ID === undefined || Object.keys(columns).length === 0) return { value };
  try {
    return { value: { ...value, ETag: await mergeItem(call, ID, columns, undefined) } };
  } catch (error) {
    throw halfWritten(error, `The document set "${path}" is there, and its columns are not`, { path, ID });
  }
}
