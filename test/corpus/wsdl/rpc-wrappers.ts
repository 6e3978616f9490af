import type { SoapPlan } from '../../../brokers/soap/plan.js';
import { attributeOf, childElements, type QName, resolveQName, type XmlElement } from '../../../brokers/xml/index.js';
import type { Description } from '../../../config/model/service-object.js';
import { XSD } from './encoding-schema.js';

const WSDL = 'http://schemas.xmlsoap.org/wsdl/';

/** The element around the parts of an rpc message, which no schema of a WSDL declares. */
export interface RpcWrapper extends QName {
  readonly parts: readonly { readonly name: string; readonly type?: QName; readonly element?: QName }[];
}

/** The wrappers of all rpc methods, with the parts that the WSDL's own messages have. Overloads with other parts have none. */
export function rpcWrappers({ serviceObjects }: Description, definitions: readonly XmlElement[]): RpcWrapper[] {
  const wrappers = new Map<string, RpcWrapper | undefined>();
  for (const { methods } of serviceObjects) {
    for (const { binding, origin } of methods) {
      const plan = binding as SoapPlan;
      const [item] = plan.input.body;
      if (plan.style !== 'rpc' || item?.type.kind !== 'complex') continue;
      const { content } = item.type.plan;
      const inBody = new Set(
        content.kind === 'elements'
          ? content.items.flatMap((part) => (part.kind === 'element' ? [part.name] : []))
          : [],
      );
      const message = messageOf(origin?.id ?? '', inBody, definitions);
      if (message === undefined) continue;
      const wrapper = { namespace: item.namespace, name: item.name, parts: partsOf(message, inBody) };
      const key = `{${item.namespace}}${item.name}`;
      const known = wrappers.get(key);
      const isSame = known === undefined || JSON.stringify(known) === JSON.stringify(wrapper);
      wrappers.set(key, isSame && (known !== undefined || !wrappers.has(key)) ? wrapper : undefined);
    }
  }
  return [...wrappers.values()].filter((wrapper) => wrapper !== undefined);
}

/** The input message of an operation: of those by its name, the one that has the parts. */
function messageOf(operation: string, parts: ReadonlySet<string>, definitions: readonly XmlElement[]) {
  const names = definitions
    .flatMap((document) => childElements(document, WSDL, 'portType'))
    .flatMap((portType) => childElements(portType, WSDL, 'operation'))
    .filter((one) => attributeOf(one, 'name') === operation)
    .flatMap((one) => attributeOf(childElements(one, WSDL, 'input')[0] ?? one, 'message') ?? [])
    .map((name) => name.replace(/^.*:/, ''));
  return definitions
    .flatMap((document) => childElements(document, WSDL, 'message'))
    .filter((message) => names.includes(attributeOf(message, 'name') ?? ''))
    .find((message) => {
      const own = childElements(message, WSDL, 'part').map((part) => attributeOf(part, 'name') ?? '');
      return [...parts].every((part) => own.includes(part));
    });
}

function partsOf(message: XmlElement, inBody: ReadonlySet<string>): RpcWrapper['parts'] {
  return childElements(message, WSDL, 'part').flatMap((part) => {
    const name = attributeOf(part, 'name') ?? '';
    const named = (attribute: string) => resolveQName(attributeOf(part, attribute) ?? '', part.scope);
    const isElement = attributeOf(part, 'element') !== undefined;
    const of = named(isElement ? 'element' : 'type');
    if (!inBody.has(name) || of === undefined) return [];
    return [isElement ? { name, element: of } : { name, type: of }];
  });
}

/** A schema document for the wrappers of one namespace. Parts have no namespace (WS-I Basic Profile 1.1 R2735). */
export function wrapperSchema(namespace: string, wrappers: readonly RpcWrapper[]): string {
  const prefixes = new Map<string, string>([[XSD, 'xs']]);
  const qualified = ({ namespace: of, name }: QName): string => {
    if (of === '') return name;
    const prefix = prefixes.get(of) ?? `q${prefixes.size}`;
    prefixes.set(of, prefix);
    return `${prefix}:${name}`;
  };
  const elements = wrappers.map(({ name, parts }) => {
    const children = parts.map((part) =>
      part.element === undefined
        ? `<xs:element name="${part.name}" type="${qualified(part.type ?? { namespace: XSD, name: 'anyType' })}"/>`
        : `<xs:element ref="${qualified(part.element)}"/>`,
    );
    return `<xs:element name="${name}"><xs:complexType><xs:sequence>${children.join('')}</xs:sequence></xs:complexType></xs:element>`;
  });
  const declared = [...prefixes].map(([of, prefix]) => ` xmlns:${prefix}="${of}"`).join('');
  const imports = [...prefixes.keys()].filter((of) => of !== XSD && of !== namespace);
  const usesNone = wrappers.some(({ parts }) => parts.some(({ type, element }) => (type ?? element)?.namespace === ''));
  const target = namespace === '' ? '' : ` targetNamespace="${namespace}"`;
  return [
    `<xs:schema${declared}${target}>`,
    ...imports.map((of) => `<xs:import namespace="${of}"/>`),
    usesNone && namespace !== '' ? '<xs:import/>' : '',
    ...elements,
    '</xs:schema>',
  ].join('');
}
