import type { TypeMap } from '../../../config/model/json-schema.js';
import { ns } from '../namespaces.js';
import type { ElementItem, MessagePlan, SoapPlan } from '../plan.js';
import { HEADERS } from '../wsdl/messages.js';
import { Attached } from './attached.js';
import { addressingHeaders, envelope, envelopeNamespace, type MessageSecurity } from './envelope.js';
import { Prefixes } from './names.js';
import { type ReadElement, Reader } from './read-value.js';
import { type WriteElement, Writer } from './write-value.js';

type Values = Readonly<Record<string, unknown>>;

/** An operation, ready to be called. */
export interface Compiled {
  readonly plan: SoapPlan;
  /** The request's envelope. @throws CallerError INPUT_INVALID */
  write(input: Values, to: string, security?: MessageSecurity): string;
  /** Takes binary values out of the envelope while it is written. */
  readonly attached: Attached;
  /** How the elements of an answer's body and header are read, by their place in the plan. */
  readonly body: readonly (readonly [item: ElementItem & { readonly flat?: true }, read: ReadElement])[];
  readonly headers: readonly (readonly [item: ElementItem, read: ReadElement])[];
  readonly faults: readonly (readonly [name: string, item: ElementItem, read: ReadElement])[];
}

const ENCODING: Readonly<Record<SoapPlan['version'], string>> = { '1.1': ns.encoding11, '1.2': ns.encoding12 };
/** Namespaces that callers may bring in, by attributes and names of their own, until the operation is compiled anew. */
const MOST_PREFIXES = 1_000;

const compiled = new WeakMap<SoapPlan, Compiled & { readonly prefixes: Prefixes }>();

/** The compiled form of a plan: made at its first use and kept with it. */
export function compile(plan: SoapPlan, types: TypeMap): Compiled {
  const known = compiled.get(plan);
  if (known !== undefined && known.prefixes.size < MOST_PREFIXES) return known;
  const made = make(plan, types);
  compiled.set(plan, made);
  return made;
}

export const isCompiled = (plan: SoapPlan): boolean => compiled.has(plan);

function make(plan: SoapPlan, types: TypeMap): Compiled & { readonly prefixes: Prefixes } {
  const prefixes = new Prefixes({
    soap: envelopeNamespace(plan.version),
    xsi: ns.xsi,
    ...(plan.encoded === true ? { xsd: ns.xsd, enc: ENCODING[plan.version] } : {}),
    ...(plan.addressing === true ? { wsa: ns.addressing } : {}),
  });
  const attached = new Attached();
  const writer = new Writer(types, prefixes, plan.encoded === true, attached);
  const reader = new Reader(types);
  const writeBody = bodyWriter(plan, writer, prefixes);
  const writeHeaders = headerWriter(plan.input, writer);
  const items = (of: readonly ElementItem[]) => of.map((item) => [item, reader.element(item)] as const);
  return {
    plan,
    prefixes,
    attached,
    write(input, to, security) {
      const body = writeBody(input);
      const addressing = plan.addressing === true ? addressingHeaders(plan.action, to, security) : '';
      const header = (security?.header ?? '') + addressing + writeHeaders(input[HEADERS]);
      // Only now: what is written decides which namespaces are declared.
      return envelope(prefixes.declarations(), header, body, security);
    },
    body: items(plan.output?.body ?? []),
    headers: items(plan.output?.headers ?? []),
    faults: plan.faults.map(({ name, detail }) => [name, detail, reader.element(detail)] as const),
  };
}

function bodyWriter(
  { input, encoded, version }: SoapPlan,
  writer: Writer,
  prefixes: Prefixes,
): (values: Values) => string {
  const parts = input.body.map((item): readonly [typeof item, WriteElement] => [item, writer.element(item)]);
  const style = `${prefixes.qualified(envelopeNamespace(version), 'encodingStyle')}="${ENCODING[version]}"`;
  return (values) => {
    let body = '';
    for (const [item, write] of parts) {
      if (item.flat === true) body += write(own(values), []);
      else if (values[item.property] !== undefined) body += write(values[item.property], [item.property]);
    }
    // The encoding style is said at the first element of the body (SOAP 1.1 §4.1.1).
    return encoded === true ? body.replace(/^<[^\s/>]+/, (tag) => `${tag} ${style}`) : body;
  };
}

function headerWriter({ headers }: MessagePlan, writer: Writer): (values: unknown) => string {
  const parts = headers.map((item) => [item.property, writer.element(item)] as const);
  return (values) => {
    if (typeof values !== 'object' || values === null) return '';
    const given = values as Values;
    return parts
      .map(([property, write]) => (given[property] === undefined ? '' : write(given[property], [HEADERS, property])))
      .join('');
  };
}

function own(values: Values): Values {
  if (values[HEADERS] === undefined) return values;
  const { [HEADERS]: _, ...rest } = values;
  return rest;
}
