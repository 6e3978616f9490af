import { CallerError } from '../../../config/model/errors.js';
import type { Description } from '../../../config/model/service-object.js';
import type { BrokerContext } from '../../broker.js';
import { descriptorUrl, Findings } from '../../source/index.js';
import { clark } from '../../xml/index.js';
import type { SoapKeys } from '../keys.js';
import { loadWsdl } from '../load/documents.js';
import { reportNeeds, schemesOf } from '../policy/report.js';
import { type SoapPort, soapPorts } from '../wsdl/operations.js';
import { Wsdl } from '../wsdl/wsdl.js';
import { SchemaSet } from '../xsd/schema-set.js';
import { Translator } from '../xsd/translator.js';
import { draftOperation, type OperationDraft } from './draft.js';
import { groupDrafts, type Naming } from './objects.js';

/** What a service type asks for beyond the WSDL's place. */
export interface DescribeSettings {
  /** A URL or a path. */
  readonly location: string;
  /** Display name of the key that holds it. */
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The service keys, as far as both service types have them. Default: none is set. */
  readonly keys?: SoapKeys;
  /** Only ports of this version, with WS-Addressing in 1.2; absent: either, 1.1 before 1.2, and no addressing. */
  readonly version?: '1.1' | '1.2';
  readonly naming?: Naming;
}

/**
 * Describes a SOAP service by its WSDL 1.1 description.
 *
 * @throws ConfigurationError DESCRIPTOR_UNAVAILABLE, DESCRIPTOR_INVALID, ADDRESS_REFUSED, KEYS_INVALID
 * @throws CallerError CANCELLED
 */
export async function describeSoap(settings: DescribeSettings, context: BrokerContext): Promise<Description> {
  const findings = new Findings();
  const url = descriptorUrl(settings.location, settings.key);
  const documents = await loadWsdl(url, context, settings.headers, findings);
  const wsdl = new Wsdl(documents.definitions);
  const translator = new Translator(
    new SchemaSet(documents.schemas),
    (kind, name, { url: location }) => {
      const what = `The ${kind} "${name.name}" of the namespace "${name.namespace}"`;
      findings.warn('COMPONENT_MISSING', `${what} is not defined; any value is taken for it.`, { location });
    },
    ({ url: location }) => {
      const message = 'Groups of the schema expand without measure; a type is cut off where it gets too large.';
      findings.warn('SCHEMA_EXPANDS', message, { location });
    },
  );
  const ports = chosen(soapPorts(wsdl, findings), settings.version, findings);
  const drafts: OperationDraft[] = [];
  const keys = settings.keys ?? {};
  const endpoint = keys.serviceEndpointUrl;
  for (const port of ports) {
    const needs = port.operations.map((operation) => operation.needs);
    reportNeeds(needs, `${port.service}.${port.port}`, keys, findings);
    for (const operation of port.operations) {
      const draft = draftOperation(
        operation,
        port,
        { endpoint, addressing: settings.version === '1.2' },
        translator,
        findings,
      );
      if (draft !== undefined) drafts.push(draft);
    }
  }
  if (context.signal.aborted) throw new CallerError('CANCELLED', 'Discovery was cancelled.');
  const types = translator.types();
  const serviceObjects = groupDrafts(drafts, types, context.names, settings.naming);
  if (ports.length === 0)
    findings.warn(
      'NO_OPERATIONS',
      'The description has no port with a SOAP binding over HTTP; there is nothing to call.',
    );
  const [first] = ports;
  const security = schemesOf(ports.flatMap(({ operations }) => operations.map(({ needs }) => needs)));
  return {
    ...(first === undefined ? {} : { title: first.service }),
    serviceObjects,
    types,
    diagnostics: findings.list(),
    operations: ports.reduce((count, { operations }) => count + operations.length, 0),
    hosts: hostsOf(endpoint === undefined ? ports.map((port) => port.endpoint) : [endpoint]),
    ...(security.length === 0 ? {} : { security }),
  };
}

/** Of the ports of one port type, one is called: SOAP 1.1 before 1.2, for every service speaks it. */
function chosen(ports: readonly SoapPort[], version: '1.1' | '1.2' | undefined, findings: Findings): SoapPort[] {
  const byPortType = new Map<string, SoapPort[]>();
  for (const port of ports) {
    const key = clark(port.portType.name);
    byPortType.set(key, [...(byPortType.get(key) ?? []), port]);
  }
  return [...byPortType.values()].flatMap((alternatives) => {
    const wanted = version ?? '1.1';
    const fitting = alternatives.filter((port) => port.version === wanted);
    const [first] = alternatives;
    const called =
      fitting.find(({ endpoint }) => endpoint !== '') ?? fitting[0] ?? (version === undefined ? first : undefined);
    if (called === undefined && first !== undefined) {
      const message = `It has no port of SOAP ${wanted}; choose another Binding.`;
      findings.skip('BINDING_OTHER', message, { operation: `${first.service}.${first.portType.name.name}` });
    }
    for (const other of alternatives) {
      if (other === called || called === undefined) continue;
      findings.warn(
        'PORT_ALTERNATIVE',
        `The port ${other.service}.${other.port} offers what ${called.service}.${called.port} does; that one is called.`,
      );
    }
    return called === undefined ? [] : [called];
  });
}

function hostsOf(endpoints: readonly string[]): string[] {
  const hosts = endpoints.flatMap((endpoint) => (URL.canParse(endpoint) ? [new URL(endpoint).host] : []));
  return [...new Set(hosts.filter((host) => host !== ''))];
}
