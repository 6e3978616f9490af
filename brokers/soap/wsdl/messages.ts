import { fileSchema } from '../../../config/model/file-value.js';
import type { JsonSchema, JsonSchemaObject } from '../../../config/model/json-schema.js';
import { attributeOf, childElements, type QName, resolveQName } from '../../xml/index.js';
import { ns } from '../namespaces.js';
import type { AttachmentPlan, ComplexPlan, ElementItem, MessagePlan } from '../plan.js';
import { objectSchema, type Particle } from '../xsd/particles.js';
import { PropertyNames } from '../xsd/property-names.js';
import type { Translator } from '../xsd/translator.js';
import type { SoapMessage, SoapOperation } from './operations.js';
import type { Defined } from './wsdl.js';

/** A message as it is written, and the schema of its values: an object. */
export interface Message {
  readonly plan: MessagePlan;
  readonly schema: JsonSchemaObject;
}

/** Why a message cannot be described. */
export class MessageFault extends Error {
  override readonly name = 'MessageFault';
}

/** Property that holds the SOAP headers of a message. */
export const HEADERS = '$headers';

/** A part of a message: an element, or a value of a type (WSDL 1.1 §2.3.1). */
interface Part {
  readonly name: string;
  readonly element?: QName;
  readonly type?: QName;
}

/**
 * Plans a message.
 *
 * @param wrapper name of the wrapper element of an rpc message (WSDL 1.1 §3.5; SOAP 1.1 §7.1)
 * @throws MessageFault with the reason when it cannot be described
 */
export function readMessage(
  message: SoapMessage,
  { style }: Pick<SoapOperation, 'style'>,
  wrapper: string,
  translator: Translator,
): Message {
  const parts = bodyParts(message);
  const headers = message.headers.map(({ message: of, part }) => headerItem(of, part, translator));
  const { body, schema } =
    style === 'rpc'
      ? rpcBody(parts, { namespace: message.namespace, name: wrapper }, translator)
      : documentBody(parts, translator);
  const attachments = attachmentPlans(message, parts, schema);
  return {
    plan: {
      body,
      headers: headers.map(({ item }) => item),
      ...(attachments.length === 0 ? {} : { attachments }),
    },
    schema: withHeaders(withAttachments(schema, attachments), headers),
  };
}

/** The parts that are not in the body; a property has the part's name, unless the body has one of that. */
function attachmentPlans(message: SoapMessage, inBody: readonly Part[], { properties = {} }: JsonSchemaObject) {
  const all = new Set(partsOf(message.message).map(({ name }) => name));
  const beside = message.attachments.filter(({ part }) => all.has(part) && !inBody.some(({ name }) => name === part));
  return beside.map(({ part, mediaType }): AttachmentPlan => {
    const property = Object.hasOwn(properties, part) ? `${part}Attachment` : part;
    return { property, part, mediaType };
  });
}

function withAttachments(schema: JsonSchemaObject, attachments: readonly AttachmentPlan[]): JsonSchemaObject {
  if (attachments.length === 0) return schema;
  const files = Object.fromEntries(attachments.map(({ property }) => [property, fileSchema]));
  return { ...schema, properties: { ...schema.properties, ...files } };
}

/** The element of a fault's detail (WSDL 1.1 §3.6); undefined when it cannot be told. */
export function faultElement(
  message: Defined,
  translator: Translator,
): { item: ElementItem; schema: JsonSchema } | undefined {
  const [part] = partsOf(message);
  return part?.element === undefined ? undefined : translator.globalElement(part.element);
}

function bodyParts({ message, parts: listed = [], headers, attachments }: SoapMessage): Part[] {
  const all = partsOf(message);
  const named = all.filter(({ name }) => listed.includes(name));
  if (named.length > 0) return named;
  const elsewhere = new Set([
    ...headers.filter((header) => header.message === message).map(({ part }) => part),
    ...attachments.map(({ part }) => part),
  ]);
  const body = all.filter(({ name }) => !elsewhere.has(name));
  // A message whose only part is an element has it in its body, whatever else is said of it.
  const [only] = all;
  return body.length === 0 && all.length === 1 && only?.element !== undefined && headers.length === 0 ? all : body;
}

function partsOf({ element }: Defined): Part[] {
  return childElements(element, ns.wsdl, 'part').map((part) => {
    const named = (attribute: string): QName | undefined => {
      const value = attributeOf(part, attribute);
      return value === undefined ? undefined : resolveQName(value, part.scope);
    };
    const [ofElement, ofType] = [named('element'), named('type')];
    return {
      name: attributeOf(part, 'name') ?? '',
      ...(ofElement === undefined ? {} : { element: ofElement }),
      ...(ofType === undefined ? {} : { type: ofType }),
    };
  });
}

/** One part's content is the input itself; several are properties. */
function documentBody(parts: readonly Part[], translator: Translator) {
  const [only, ...more] = parts;
  if (only?.element !== undefined && more.length === 0) {
    const flat = flatBody(only.element, translator);
    if (flat !== undefined) return flat;
  }
  const names = new PropertyNames();
  const particles = parts.map((part) => partParticle(part, names, translator, true));
  return { body: particles.map(({ item }) => item as ElementItem), schema: objectSchema(particles) };
}

function flatBody(name: QName, translator: Translator) {
  const content = translator.globalContent(name);
  if (content === undefined) return undefined;
  const { plan, schema } = content;
  // The content of one that others are derived from, or that is a value, is a property.
  if (plan.content.kind === 'text' || plan.content.kind === 'mixed' || plan.abstract === true) return undefined;
  const item: MessagePlan['body'][number] = {
    kind: 'element',
    property: name.name,
    ...name,
    type: { kind: 'complex', plan },
    flat: true,
  };
  return { body: [item], schema };
}

/** The parts are children of an element that has the operation's name; they have no namespace (WS-I Basic Profile 1.1 R2735). */
function rpcBody(parts: readonly Part[], wrapper: QName, translator: Translator) {
  const names = new PropertyNames();
  const particles = parts.map((part) => partParticle(part, names, translator, false));
  const items = particles.map(({ item }) => item);
  const plan: ComplexPlan = {
    kind: 'complex',
    attributes: [],
    content: items.length === 0 ? { kind: 'empty' } : { kind: 'elements', items },
  };
  const item: MessagePlan['body'][number] = {
    kind: 'element',
    property: wrapper.name,
    ...wrapper,
    type: { kind: 'complex', plan },
    flat: true,
  };
  return { body: [item], schema: objectSchema(particles) };
}

function partParticle(part: Part, names: PropertyNames, translator: Translator, isDocument: boolean): Particle {
  if (part.element !== undefined) {
    const element = translator.globalElement(part.element);
    if (element === undefined)
      throw new MessageFault(`its part "${part.name}" is of the element "${part.element.name}", which is not defined`);
    const property = names.element(isDocument ? part.element.name : part.name);
    return { item: { ...element.item, property }, properties: new Map([[property, element.schema]]) };
  }
  if (part.type === undefined) throw new MessageFault(`its part "${part.name}" has neither an element nor a type`);
  if (isDocument)
    throw new MessageFault(`its part "${part.name}" is a type, which a document-style message has no element for`);
  const translated = translator.namedType(part.type);
  if (translated === undefined)
    throw new MessageFault(`its part "${part.name}" is of the type "${part.type.name}", which is not defined`);
  const property = names.element(part.name);
  const item: ElementItem = { kind: 'element', property, name: part.name, namespace: '', type: translated.type };
  return { item, properties: new Map([[property, translated.schema]]) };
}

function headerItem(message: Defined, partName: string, translator: Translator) {
  const part = partsOf(message).find(({ name }) => name === partName);
  const element = part?.element === undefined ? undefined : translator.globalElement(part.element);
  if (element !== undefined) return { ...element, item: { ...element.item, optional: true as const } };
  const translated = part?.type === undefined ? undefined : translator.namedType(part.type);
  if (part === undefined || translated === undefined)
    throw new MessageFault(`its header "${partName}" is of an element or a type that is not defined`);
  const item: ElementItem = {
    kind: 'element',
    property: part.name,
    name: part.name,
    namespace: '',
    type: translated.type,
    optional: true,
  };
  return { item, schema: translated.schema };
}

function withHeaders(
  schema: JsonSchemaObject,
  headers: readonly { readonly item: ElementItem; readonly schema: JsonSchema }[],
): JsonSchemaObject {
  if (headers.length === 0) return schema;
  const properties = Object.fromEntries(headers.map(({ item, schema: header }) => [item.property, header]));
  const object: JsonSchemaObject = { type: 'object', title: 'SOAP headers', properties, additionalProperties: false };
  return { ...schema, properties: { ...schema.properties, [HEADERS]: object } };
}
