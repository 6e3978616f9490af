import { UpstreamError } from '../../../config/model/errors.js';
import { childElements, firstChild, textOf, writeContent, type XmlElement } from '../../xml/index.js';
import { ns } from '../namespaces.js';
import type { Compiled } from './compile.js';
import type { Envelope } from './message.js';

/** What the service said of its fault: `extensions.upstream` of the error. */
export interface SoapFault {
  readonly status: number;
  /** Local name of the code, such as `Client` or `Sender`; with the innermost subcode, where there is one. */
  readonly code: string;
  readonly subcode?: string;
  /** The service's own words: hostile text, like all that it sends. */
  readonly reason: string;
  /** Name of the fault that the description declares, where it is one. */
  readonly declared?: string;
  /** The detail: by its declared type, else as XML; null when there is none. */
  readonly body: unknown;
}

const LONGEST_REASON = 2_000;
const LONGEST_DETAIL = 64 * 1024;

/** The error for a fault (SOAP 1.1 §4.4, SOAP 1.2 Part 1 §5.4). Its message has nothing of the fault's own text. */
export function faultOf(
  fault: XmlElement,
  compiled: Compiled,
  message: Envelope,
  status: number,
  what: string,
): UpstreamError {
  const is12 = fault.namespace === ns.soap12;
  const codes = is12 ? codes12(fault) : [textOf(localChild(fault, 'faultcode') ?? fault)];
  const [code = '', ...subcodes] = codes.map(localName);
  const subcode = subcodes.at(-1);
  const reason = is12 ? reason12(fault) : textOf(localChild(fault, 'faultstring') ?? fault);
  const detail = localChild(fault, is12 ? 'Detail' : 'detail');
  const known = detail === undefined ? undefined : declaredDetail(detail, compiled, message);
  const upstream: SoapFault = {
    status,
    code,
    ...(subcode === undefined ? {} : { subcode }),
    reason: reason.trim().slice(0, LONGEST_REASON),
    ...(known === undefined ? {} : { declared: known.name }),
    body: known?.value ?? (detail === undefined ? null : writeContent(detail).slice(0, LONGEST_DETAIL)),
  };
  const named = known === undefined ? '' : ` "${known.name}"`;
  return new UpstreamError(
    'UPSTREAM_REFUSED',
    `${what}: the service answered with the fault${named} of the code "${code.slice(0, 60)}".`,
    {
      extensions: { upstream },
    },
  );
}

function declaredDetail(
  detail: XmlElement,
  { faults }: Compiled,
  message: Envelope,
): { name: string; value: unknown } | undefined {
  for (const element of childElements(detail)) {
    const fault = faults.find(([, item]) => item.name === element.name && item.namespace === element.namespace);
    if (fault !== undefined) return { name: fault[0], value: fault[2](element, message) };
  }
  return undefined;
}

function codes12(fault: XmlElement): string[] {
  const codes: string[] = [];
  let place = firstChild(fault, ns.soap12, 'Code');
  for (let depth = 0; place !== undefined && depth < 10; depth++) {
    const value = firstChild(place, ns.soap12, 'Value');
    if (value !== undefined) codes.push(textOf(value));
    place = firstChild(place, ns.soap12, 'Subcode');
  }
  return codes;
}

function reason12(fault: XmlElement): string {
  const reason = firstChild(fault, ns.soap12, 'Reason');
  const text = reason === undefined ? undefined : firstChild(reason, ns.soap12, 'Text');
  return text === undefined ? '' : textOf(text);
}

/** The children of a SOAP 1.1 fault have no namespace; some services give them one. */
const localChild = (element: XmlElement, name: string): XmlElement | undefined =>
  childElements(element).find((child) => child.name === name);

const localName = (code: string): string => code.trim().replace(/^[^:]*:/, '');
