/**
 * What generated modules import, and what their users need beside them: transports, pages, problems.
 *
 *     const crm = connectCrm({ url: 'https://smartwright.example', apiKey })
 *     const page = await crm.contact.list({ limit: 20 })
 *     for await (const contact of crm.contact.list.all()) console.log(contact.name)
 *     for await (const chunk of await crm.contact.readPhoto.download({ contactId })) file.write(chunk)
 */
export type { ByteReader, Fetch, FetchAnswer, FetchInit } from './fetch.js';
export { FileDownload, type FileHead } from './file-download.js';
export { type ConnectOptions, connect } from './http.js';
export { type CallEngine, type EngineCall, type EngineResult, type EngineStream, inProcess } from './in-process.js';
export { parseJson, stringifyJson } from './json.js';
export {
  type FileMethod,
  type ListMethod,
  type ListOptions,
  listMethod,
  type Method,
  type MethodArguments,
  method,
  type Page,
  type PlainMethod,
} from './method.js';
export { type FieldProblem, Problem, type ProblemMembers, type UpstreamAnswer } from './problem.js';
export { type Target, transportTo } from './target.js';
export type { CallOptions, FlatCallOptions, Transport } from './transport.js';
export type { FileValue, FlatValues, Int64, NoInput } from './values.js';
