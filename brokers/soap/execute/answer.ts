import type { X509Certificate } from 'node:crypto';
import { UpstreamError } from '../../../config/model/errors.js';
import type { MethodResult } from '../../broker.js';
import type { UpstreamResponse } from '../../http/upstream.js';
import {
  childElements,
  decodeXml,
  parseXml,
  parseXmlStream,
  type XmlElement,
  XmlSyntaxError,
} from '../../xml/index.js';
import { ns } from '../namespaces.js';
import { withPlainLines } from '../security/xml-signature.js';
import { HEADERS } from '../wsdl/messages.js';
import type { Compiled } from './compile.js';
import { faultOf } from './fault.js';
import { filesIn } from './files.js';
import { bodyOf, type Envelope, readEnvelope } from './message.js';
import { attachmentsOf } from './multipart.js';
import { checkUnderstood } from './understood.js';

type Values = Record<string, unknown>;

/** What is known of an answer beforehand. */
export interface Expected {
  /** Whether the method is a list. */
  readonly list: boolean;
  /** Names the call in messages. */
  readonly what: string;
  /** Whose signature the answer must have; faults need none. */
  readonly signer?: X509Certificate | undefined;
}

/**
 * Reads the answer of a call.
 *
 * @throws UpstreamError UPSTREAM_REFUSED for a fault or an error status, UPSTREAM_UNREADABLE for what is no SOAP message or cannot be
 *   understood, UPSTREAM_UNTRUSTED for one that is not signed, UPSTREAM_TOO_LARGE
 */
export async function readAnswer(
  compiled: Compiled,
  response: UpstreamResponse,
  { list, what, signer }: Expected,
): Promise<MethodResult> {
  const { status } = response;
  const accepted = status >= 200 && status < 300;
  if (compiled.plan.output === undefined && accepted) {
    response.discard();
    return { value: undefined };
  }
  if (status === 202 || status === 204) {
    response.discard();
    if (signer !== undefined) throw await unsigned(what, 'is empty, and has no signature');
    return list ? { items: [] } : { value: undefined };
  }
  const received = await messageOf(response, accepted, what, signer !== undefined);
  const { message } = received;
  const fault = bodyOf(message).find(
    ({ name, namespace }) => name === 'Fault' && (namespace === ns.soap11 || namespace === ns.soap12),
  );
  if (fault !== undefined) throw faultOf(fault, compiled, message, status, what);
  if (!accepted) throw refused(status, what);
  checkUnderstood(message, compiled, what);
  if (signer !== undefined) {
    if (received.xml === undefined) throw await unsigned(what, 'is in several parts, of which no signature is checked');
    const { verifySignature } = await import('../security/verify.js');
    const blocks = headerBlocks(compiled, message).map(([, , block]) => block);
    verifySignature(received.xml, message, [message.body, ...blocks], signer, what);
  }
  return resultOf(valuesOf(compiled, message), compiled.plan.output?.result ?? [], list);
}

async function unsigned(what: string, reason: string): Promise<UpstreamError> {
  const { untrusted } = await import('../security/verify.js');
  return untrusted(what, reason);
}

interface Received {
  readonly message: Envelope;
  /** The message itself, where it is one document and its text is wanted. */
  readonly xml?: string;
}

async function messageOf(
  response: UpstreamResponse,
  accepted: boolean,
  what: string,
  withText: boolean,
): Promise<Received> {
  const type = String(response.headers['content-type'] ?? '');
  try {
    if (/^multipart\/related/i.test(type))
      return { message: readEnvelope(...(await attachmentsOf(await response.bytes(), type))) };
    const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(type)?.[1];
    if (!withText) return { message: readEnvelope(await parseXmlStream(response.stream(), charset)) };
    const xml = withPlainLines(decodeXml(await response.bytes(), charset));
    return { message: readEnvelope(parseXml(xml)), xml };
  } catch (error) {
    if (!(error instanceof XmlSyntaxError)) throw error;
    if (!accepted) throw refused(response.status, what, error);
    throw new UpstreamError(
      'UPSTREAM_UNREADABLE',
      `${what}: the service answered ${response.status} with what is no SOAP message: ${error.message}.`,
      {
        cause: error,
        extensions: { upstream: { status: response.status, headers: { 'content-type': type } } },
      },
    );
  }
}

function refused(status: number, what: string, cause?: unknown): UpstreamError {
  return new UpstreamError('UPSTREAM_REFUSED', `${what}: the service answered ${status}, without a SOAP fault.`, {
    cause,
    extensions: { upstream: { status } },
  });
}

function valuesOf(compiled: Compiled, message: Envelope): Values {
  const values: Values = {};
  const elements = bodyOf(message).filter((element) => !message.isReferenced(element));
  const [first] = elements;
  for (const [item, read] of compiled.body) {
    const element =
      elements.find((one) => one.name === item.name && one.namespace === item.namespace) ??
      elements.find(({ name }) => name === item.name);
    // The name of an rpc wrapper is not significant (SOAP 1.1 §7.1); nor are those of services that get it wrong.
    const taken = element ?? (item.flat === true ? first : undefined);
    if (taken === undefined) continue;
    const value = read(taken, message);
    if (item.flat === true) Object.assign(values, value);
    else values[item.property] = value;
  }
  if (compiled.body.length === 0 && first !== undefined && compiled.plan.output?.attachments === undefined)
    values.$xml = message.xml();
  Object.assign(values, filesIn(message.attachments, compiled.plan.output?.attachments ?? []));
  const headers = headersOf(compiled, message);
  if (headers !== undefined) values[HEADERS] = headers;
  return values;
}

function headersOf(compiled: Compiled, message: Envelope): Values | undefined {
  const blocks = headerBlocks(compiled, message);
  if (blocks.length === 0) return undefined;
  const values: Values = {};
  for (const [item, read, block] of blocks) values[item.property] = read(block, message);
  return values;
}

type HeaderBlock = readonly [...Compiled['headers'][number], block: XmlElement];

/** The header blocks that the description declares, as far as they are there. */
function headerBlocks({ headers }: Compiled, { header }: Envelope): HeaderBlock[] {
  if (headers.length === 0 || header === undefined) return [];
  const blocks = childElements(header);
  return headers.flatMap(([item, read]): HeaderBlock[] => {
    const block = blocks.find(({ name, namespace }) => name === item.name && namespace === item.namespace);
    return block === undefined ? [] : [[item, read, block]];
  });
}

function resultOf(values: Values, path: readonly string[], list: boolean): MethodResult {
  let value: unknown = values;
  for (const property of path)
    value = typeof value === 'object' && value !== null ? (value as Values)[property] : undefined;
  if (!list) return { value };
  return { items: Array.isArray(value) ? value : value === undefined || value === null ? [] : [value] };
}
