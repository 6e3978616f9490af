import type { ListResult } from '../../broker.js';
import { inputInvalid } from '../../input-error.js';
import { parseXml, XmlSyntaxError } from '../../xml/index.js';
import { numberIn, recordsOf } from '../odata/answer.js';
import { queryOf } from '../odata/literal.js';
import { readContinuation, writeContinuation } from './continuation.js';
import { absolutePath, listPath, type OperationCall, post, subjectOf } from './operation.js';
import { itemsOf, selectionsFor, withFurtherColumns } from './read-items.js';

const PAGE = 500;

/** The items that a CAML query finds. In the order of the IDs they come page by page, in another as many as the row limit says. */
export async function queryCaml(call: OperationCall): Promise<ListResult> {
  const viewXml = String(call.input.viewXml);
  checkXml(viewXml);
  return await run(call, viewXml, folderOf(call));
}

/** The items of a view. */
export async function listView(call: OperationCall): Promise<ListResult> {
  const view = call.plan.views?.find(({ title }) => title === call.input.view);
  if (view === undefined) throw inputInvalid('view', 'is no view of the list');
  return await run(
    call,
    `<View Scope="RecursiveAll"><Query>${view.query}</Query><RowLimit Paged="TRUE">${PAGE}</RowLimit></View>`,
  );
}

function checkXml(text: string): void {
  try {
    parseXml(text);
  } catch (error) {
    if (!(error instanceof XmlSyntaxError)) throw error;
    throw inputInvalid('viewXml', `is not well-formed XML: ${error.message}`, error);
  }
}

const folderOf = (call: OperationCall): string | undefined =>
  typeof call.input.folder === 'string' ? absolutePath(call, call.input.folder) : undefined;

async function run(call: OperationCall, viewXml: string, folder?: string): Promise<ListResult> {
  const { columns } = call.plan;
  const [first, ...further] = selectionsFor(call, columns);
  const { after } = readContinuation(call.input.$next);
  const query = {
    ViewXml: viewXml,
    ...(folder === undefined ? {} : { FolderServerRelativeUrl: folder }),
    ...(after === undefined ? {} : { ListItemCollectionPosition: { PagingInfo: `Paged=TRUE&p_ID=${after}` } }),
  };
  const path = `${listPath(call)}/GetItems${queryOf({ $select: first.select, $expand: first.expand })}`;
  const found = recordsOf(await call.site.json(post(path, subjectOf(call), { json: { query } })));
  const records = await withFurtherColumns(call, found, further);
  const last = found.at(-1);
  const id = last === undefined ? undefined : (numberIn(last, 'Id') ?? numberIn(last, 'ID'));
  const limit = Number(/<RowLimit[^>]{0,200}>\s*(\d{1,9})\s*</.exec(viewXml)?.[1] ?? Number.NaN);
  const goesOn = id !== undefined && found.length === limit && !/<OrderBy\b/i.test(viewXml);
  return {
    items: itemsOf(call, records, columns),
    ...(goesOn ? { next: writeContinuation({ after: id }) } : {}),
  };
}
