import type { Findings } from '../../source/index.js';
import { attributeOf, childElements, type XmlElement } from '../../xml/index.js';
import { ns } from '../namespaces.js';
import { needsOf, type PolicyNeeds } from '../policy/needs.js';
import { wsdlDocumentation } from '../xsd/documentation.js';
import type { Defined, Wsdl } from './wsdl.js';

/** One way to reach a port type: a port with a SOAP binding over HTTP. */
export interface SoapPort {
  readonly service: string;
  readonly port: string;
  readonly version: '1.1' | '1.2';
  /** '' when the description names no address. */
  readonly endpoint: string;
  readonly portType: Defined;
  readonly operations: readonly SoapOperation[];
  readonly documentation?: string;
}

/** An operation as a binding makes it concrete (WSDL 1.1 §3.4). */
export interface SoapOperation {
  readonly name: string;
  readonly style: 'document' | 'rpc';
  readonly action: string;
  /** WS-Addressing's Action, where that is used: never ''. */
  readonly addressedAs: string;
  readonly input: SoapMessage;
  /** Absent: one-way. */
  readonly output?: SoapMessage;
  readonly faults: readonly { readonly name: string; readonly message: Defined }[];
  /** What the policies of port, binding, operation and input want. */
  readonly needs: PolicyNeeds;
  readonly documentation?: string;
  /** The order of the parts as parameters, which rpc messages follow (WSDL 1.1 §2.4.6). */
  readonly location: string;
}

export interface SoapMessage {
  readonly message: Defined;
  readonly encoded: boolean;
  /** The wrapper's namespace of an rpc message (WSDL 1.1 §3.5). */
  readonly namespace: string;
  /** The parts that make the body; absent: all that are not elsewhere. */
  readonly parts?: readonly string[];
  /** Parts that travel as MIME parts beside the envelope (WSDL 1.1 §5). */
  readonly attachments: readonly { readonly part: string; readonly mediaType: string }[];
  readonly headers: readonly { readonly message: Defined; readonly part: string }[];
}

const soapBindings: Readonly<Record<string, '1.1' | '1.2'>> = { [ns.wsdlSoap11]: '1.1', [ns.wsdlSoap12]: '1.2' };
const isSoap = (namespace: string): boolean => Object.hasOwn(soapBindings, namespace);

/** The ports with a SOAP binding; the others are reported. A description without services is read by its bindings. */
export function soapPorts(wsdl: Wsdl, findings: Findings): SoapPort[] {
  const ports: SoapPort[] = [];
  for (const { name, element: service } of wsdl.services) {
    const documentation = wsdlDocumentation(service);
    for (const port of childElements(service, ns.wsdl, 'port')) {
      const binding = wsdl.find('binding', attributeOf(port, 'binding') ?? '', port);
      const portName = attributeOf(port, 'name') ?? name.name;
      if (binding === undefined) {
        findings.warn('BINDING_MISSING', `The port ${name.name}.${portName} names a binding that is not there.`);
        continue;
      }
      const address = childElements(port).find((child) => isSoap(child.namespace) && child.name === 'address');
      const endpoint = address === undefined ? '' : (attributeOf(address, 'location')?.trim() ?? '');
      const place = { service: name.name, port: portName, endpoint };
      const read = readBinding(binding, wsdl, findings, place, [service, port]);
      if (read !== undefined) ports.push(documentation === undefined ? read : { ...read, documentation });
    }
  }
  if (ports.length > 0 || wsdl.services.length > 0) return ports;
  return wsdl.bindings.flatMap((binding) => {
    const { name } = binding.name;
    return readBinding(binding, wsdl, findings, { service: name, port: name, endpoint: '' }) ?? [];
  });
}

function readBinding(
  binding: Defined,
  wsdl: Wsdl,
  findings: Findings,
  place: { readonly service: string; readonly port: string; readonly endpoint: string },
  around: readonly XmlElement[] = [],
): SoapPort | undefined {
  const { element } = binding;
  const soap = childElements(element).find((child) => isSoap(child.namespace) && child.name === 'binding');
  const at = `${place.service}.${place.port}`;
  if (soap === undefined) {
    findings.skip(
      'BINDING_UNSUPPORTED',
      `The binding ${binding.name.name} is ${kindOf(element)}; SOAP over HTTP is called.`,
      {
        operation: at,
      },
    );
    return undefined;
  }
  const transport = attributeOf(soap, 'transport') ?? '';
  if (!/\/soap\/http\/?$|\/soap\/bindings\/HTTP\/?$|^$/.test(transport)) {
    findings.skip(
      'TRANSPORT_UNSUPPORTED',
      `The binding ${binding.name.name} travels by ${transport}; HTTP is called.`,
      {
        operation: at,
      },
    );
    return undefined;
  }
  const portType = wsdl.find('portType', attributeOf(element, 'type') ?? '', element);
  if (portType === undefined) {
    findings.skip('PORT_TYPE_MISSING', `The port type of the binding ${binding.name.name} is not there.`, {
      operation: at,
    });
    return undefined;
  }
  const operations = childElements(element, ns.wsdl, 'operation').flatMap(
    (operation) => readOperation(operation, { soap, portType, at, around: [...around, element] }, wsdl, findings) ?? [],
  );
  return { ...place, version: soapBindings[soap.namespace] ?? '1.1', portType, operations };
}

function kindOf(binding: XmlElement): string {
  const http = childElements(binding, ns.wsdlHttp, 'binding')[0];
  if (http !== undefined) return `for HTTP ${attributeOf(http, 'verb') ?? ''}`.trim();
  const [other] = childElements(binding).filter(({ namespace }) => namespace !== ns.wsdl);
  return other === undefined ? 'for no protocol' : `of ${other.namespace}`;
}

/** The binding that an operation is in. */
interface BindingPlace {
  readonly soap: XmlElement;
  readonly portType: Defined;
  readonly at: string;
  /** What the policies of all its operations are attached to. */
  readonly around: readonly XmlElement[];
}

function readOperation(
  operation: XmlElement,
  { soap: binding, portType, at, around }: BindingPlace,
  wsdl: Wsdl,
  findings: Findings,
): SoapOperation | undefined {
  const name = attributeOf(operation, 'name') ?? '';
  const abstract = abstractOperation(operation, portType.element);
  const skip = (code: string, reason: string): undefined => {
    findings.skip(code, reason, { operation: `${at}.${name}` });
    return undefined;
  };
  if (abstract === undefined)
    return skip('OPERATION_MISSING', `The port type ${portType.name.name} has no operation "${name}".`);
  const soap = childElements(operation).find((child) => isSoap(child.namespace) && child.name === 'operation');
  const style =
    (soap === undefined ? undefined : attributeOf(soap, 'style')) ?? attributeOf(binding, 'style') ?? 'document';
  const input = childElements(abstract, ns.wsdl, 'input')[0];
  const output = childElements(abstract, ns.wsdl, 'output')[0];
  if (input === undefined)
    return skip(
      'OPERATION_FOR_CLIENTS',
      'The service calls this operation on its clients (WSDL 1.1 §2.4.4); it cannot be called.',
    );
  const request = readMessage(operation, 'input', input, wsdl);
  if (request === undefined) return skip('MESSAGE_MISSING', 'Its input message is not there.');
  const answer = output === undefined ? undefined : readMessage(operation, 'output', output, wsdl);
  if (output !== undefined && answer === undefined) return skip('MESSAGE_MISSING', 'Its output message is not there.');
  const documentation = wsdlDocumentation(abstract) ?? wsdlDocumentation(operation);
  const action = (soap === undefined ? undefined : attributeOf(soap, 'soapAction')) ?? addressingAction(input) ?? '';
  const named = addressingAction(input) ?? (action === '' ? undefined : action);
  return {
    name,
    style: style === 'rpc' ? 'rpc' : 'document',
    action,
    addressedAs: named ?? defaultAction(portType, name, attributeOf(input, 'name'), output !== undefined),
    input: request,
    ...(answer === undefined ? {} : { output: answer }),
    faults: childElements(abstract, ns.wsdl, 'fault').flatMap((fault) => {
      const message = wsdl.find('message', attributeOf(fault, 'message') ?? '', fault);
      return message === undefined ? [] : [{ name: attributeOf(fault, 'name') ?? message.name.name, message }];
    }),
    needs: needsOf(wsdl.policies.of([...around, operation, ...childElements(operation, ns.wsdl, 'input')])),
    ...(documentation === undefined ? {} : { documentation }),
    location: `${at}.${name}`,
  };
}

/** `wsam:Action` of a message (WS-Addressing 1.0 Metadata §4.4.1). */
export const addressingAction = (message: XmlElement): string | undefined =>
  attributeOf(message, 'Action', ns.addressingMetadata) ?? attributeOf(message, 'Action', ns.addressingWsdl);

/** WS-Addressing 1.0 Metadata §4.4.4; the input's name by WSDL 1.1 §2.4.5. */
function defaultAction(portType: Defined, operation: string, input: string | undefined, answered: boolean): string {
  const { namespace, name } = portType.name;
  const delimiter = namespace.startsWith('urn:') ? ':' : '/';
  const start = namespace.endsWith(delimiter) ? namespace : namespace + delimiter;
  return `${start}${name}${delimiter}${input ?? (answered ? `${operation}Request` : operation)}`;
}

/** Of overloads, the one whose messages have the same names (WSDL 1.1 §2.5). */
function abstractOperation(operation: XmlElement, portType: XmlElement): XmlElement | undefined {
  const name = attributeOf(operation, 'name');
  const named = childElements(portType, ns.wsdl, 'operation').filter((one) => attributeOf(one, 'name') === name);
  if (named.length < 2) return named[0];
  const messageName = (parent: XmlElement, kind: string): string | undefined => {
    const message = childElements(parent, ns.wsdl, kind)[0];
    return message === undefined ? undefined : attributeOf(message, 'name');
  };
  const input = messageName(operation, 'input');
  const output = messageName(operation, 'output');
  return (
    named.find(
      (one) => messageName(one, 'input') === input && (output === undefined || messageName(one, 'output') === output),
    ) ??
    named.find((one) => messageName(one, 'input') === input) ??
    named[0]
  );
}

function readMessage(
  operation: XmlElement,
  direction: 'input' | 'output',
  abstract: XmlElement,
  wsdl: Wsdl,
): SoapMessage | undefined {
  const message = wsdl.find('message', attributeOf(abstract, 'message') ?? '', abstract);
  if (message === undefined) return undefined;
  const bound = childElements(operation, ns.wsdl, direction)[0];
  const parts = bound === undefined ? [] : mimeParts(bound);
  const extensions =
    bound === undefined ? [] : [...childElements(bound), ...parts.flatMap((part) => childElements(part))];
  const body = extensions.find((child) => isSoap(child.namespace) && child.name === 'body');
  const listed = body === undefined ? undefined : attributeOf(body, 'parts');
  const headers = extensions
    .filter((child) => isSoap(child.namespace) && child.name === 'header')
    .flatMap((header) => {
      const of = wsdl.find('message', attributeOf(header, 'message') ?? '', header);
      const part = attributeOf(header, 'part') ?? (of === undefined ? undefined : firstPart(of));
      return of === undefined || part === undefined ? [] : [{ message: of, part }];
    });
  return {
    message,
    encoded: body !== undefined && attributeOf(body, 'use') === 'encoded',
    namespace: (body === undefined ? undefined : attributeOf(body, 'namespace')) ?? '',
    ...(listed === undefined ? {} : { parts: listed.split(/\s+/).filter((name) => name !== '') }),
    attachments: attachmentsIn(extensions),
    headers,
  };
}

/** WSDL 1.1 §5.2. A part of which several types are named is of any. */
function attachmentsIn(extensions: readonly XmlElement[]): SoapMessage['attachments'] {
  const types = new Map<string, string>();
  for (const content of extensions.filter((child) => child.namespace === ns.wsdlMime && child.name === 'content')) {
    const part = attributeOf(content, 'part');
    const type = attributeOf(content, 'type')?.trim() ?? '';
    const isType = /^[\w.+-]+\/[\w.+*-]+$/.test(type);
    if (part !== undefined) types.set(part, isType && [type, undefined].includes(types.get(part)) ? type : '*/*');
  }
  return [...types].map(([part, mediaType]) => ({ part, mediaType }));
}

/** WSDL 1.1 §5.3. */
function mimeParts(bound: XmlElement): XmlElement[] {
  return childElements(bound, ns.wsdlMime, 'multipartRelated').flatMap((related) =>
    childElements(related, ns.wsdlMime, 'part'),
  );
}

function firstPart(message: Defined): string | undefined {
  const part = childElements(message.element, ns.wsdl, 'part')[0];
  return part === undefined ? undefined : attributeOf(part, 'name');
}
