import { STATUS_CODES } from 'node:http';
import { UpstreamError } from '../../../../config/model/errors.js';
import { isJsonType } from '../../../http/media-type.js';
import type { UpstreamResponse } from '../../../http/upstream.js';
import type { ErrorPlan, XmlPlan } from '../../plan.js';
import { parseJson } from '../json/json.js';
import { readXml } from '../xml/read-xml.js';
import { declaredHeaders } from './declared-headers.js';
import { selectError } from './select.js';

/** Characters of an error's body that are passed on. */
const MAX_BODY = 64 * 1024;

/** Headers that tell a caller something and hold no secret. */
const passedOn =
  /^(content-type|content-language|date|retry-after|allow|etag|last-modified|www-authenticate|deprecation|sunset|(x-)?(request|correlation|trace|amzn-requestid|ms-request)-?id|traceparent|(x-)?rate-?limit.*|x-ms-.*request-id)$/;

/** What the service said when it refused: `extensions.upstream` of the error. */
export interface UpstreamRefusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  /** JSON where it is JSON, XML by its plan, else text of at most 64 KiB; null when there was none, or none that could be read. */
  readonly body: unknown;
  /** The `status` of the method's `DeclaredError` that this answer is, such as `4XX`; absent when none is declared for it. */
  readonly declared?: string;
  /** The named type of the body, where the declared one has a name. */
  readonly type?: string;
  /** The declared headers, in the types that they are declared in. */
  readonly $headers?: Readonly<Record<string, unknown>>;
}

/**
 * Throws the error for an answer that is a refusal. Its message has nothing of the body, which may hold anything.
 *
 * @param errors the error answers that the descriptor declares
 * @throws UpstreamError UPSTREAM_REFUSED with `extensions.upstream`
 */
export async function refusal(what: string, response: UpstreamResponse, errors: readonly ErrorPlan[]): Promise<never> {
  const { status } = response;
  const header = response.headers['content-type'];
  const plan = selectError(errors, status, Array.isArray(header) ? header[0] : header);
  const headers = Object.fromEntries(Object.entries(response.headers).filter(([name]) => passedOn.test(name)));
  const $headers = declaredHeaders(plan, response);
  const upstream: UpstreamRefusal = {
    status,
    headers,
    body: await bodyOf(response, plan),
    ...(plan === undefined ? {} : { declared: plan.status }),
    ...(plan?.type === undefined ? {} : { type: plan.type }),
    ...($headers === undefined ? {} : { $headers }),
  };
  const reason = STATUS_CODES[status];
  const message = `${what}: the service answered ${status}${reason === undefined ? '' : ` ${reason}`}.`;
  throw new UpstreamError('UPSTREAM_REFUSED', message, { extensions: { upstream } });
}

async function bodyOf(response: UpstreamResponse, plan: ErrorPlan | undefined): Promise<unknown> {
  try {
    const text = await response.text();
    if (text === '') return null;
    if (text.length > MAX_BODY) return text.slice(0, MAX_BODY);
    if (plan?.codec === 'xml') return plan.xml === undefined ? text : xmlOr(text, plan.xml);
    const type = response.headers['content-type'];
    return isJsonType(String(type ?? '')) || /^\s*[[{]/.test(text) ? jsonOr(text) : text;
  } catch (error) {
    // The refusal itself is the news; a body that cannot be read takes nothing from it.
    if (error instanceof UpstreamError) return null;
    throw error;
  }
}

function jsonOr(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

function xmlOr(text: string, plan: XmlPlan): unknown {
  try {
    return readXml(text, plan);
  } catch {
    return text;
  }
}
