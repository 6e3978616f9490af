import { STATUS_CODES } from 'node:http';
import { UpstreamError } from '../../../../config/model/errors.js';
import { isJsonType } from '../../../http/media-type.js';
import { type Refused, readRefused } from '../../../http/refused.js';
import type { UpstreamResponse } from '../../../http/upstream.js';
import type { ErrorPlan, XmlPlan } from '../../plan.js';
import { parseJson } from '../json/json.js';
import { readXml } from '../xml/read-xml.js';
import { declaredHeaders } from './declared-headers.js';
import { selectError } from './select.js';

/** What the service said when it refused: `extensions.upstream` of the error. Its body is JSON where it is JSON, XML by its plan, else text. */
export interface UpstreamRefusal extends Refused {
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
  const $headers = declaredHeaders(plan, response);
  const upstream: UpstreamRefusal = {
    ...(await readRefused(response, (text) => bodyOf(text, response, plan))),
    ...(plan === undefined ? {} : { declared: plan.status }),
    ...(plan?.type === undefined ? {} : { type: plan.type }),
    ...($headers === undefined ? {} : { $headers }),
  };
  const reason = STATUS_CODES[status];
  const message = `${what}: the service answered ${status}${reason === undefined ? '' : ` ${reason}`}.`;
  throw new UpstreamError('UPSTREAM_REFUSED', message, { extensions: { upstream } });
}

function bodyOf(text: string, { headers }: UpstreamResponse, plan: ErrorPlan | undefined): unknown {
  if (plan?.codec === 'xml') return plan.xml === undefined ? text : xmlOr(text, plan.xml);
  return isJsonType(String(headers['content-type'] ?? '')) || /^\s*[[{]/.test(text) ? jsonOr(text) : text;
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
