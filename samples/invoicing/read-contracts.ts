import { MessageFault } from './fault.js';
import { isNil, Members } from './members.js';
import { type Approval, currencies, type File, type InvoiceFields, type Line, states } from './model.js';
import { ns } from './namespaces.js';
import { dateTime, decimal, int, oneOf, text } from './values.js';
import type { Element } from './xml-document.js';

/** The bytes of an element of `xs:base64Binary`, wherever they travel. */
export type ReadBytes = (element: Element) => Buffer;

/** A member that has to be there and not null. */
function needed<T>(value: T | null, name: string): T {
  if (value === null) throw new MessageFault(`<${name}> must have a value.`);
  return value;
}

export function readInvoice(element: Element): InvoiceFields {
  const members = new Members(element, ns.data);
  const currency = oneOf(currencies)(members.optional('Currency')) ?? 'EUR';
  const customerName = text(members.optional('CustomerName'));
  const customerNumber = needed(int(members.required('CustomerNumber')), 'CustomerNumber');
  const dueOn = dateTime(members.optional('DueOn')) ?? new Date(Date.now() + 30 * 86_400_000).toISOString();
  const lines = readList(members.required('Lines'), 'Line', ns.data).map(readLine);
  // What the service gives is taken and not heeded, so that an invoice that was read can be sent back.
  members.optional('Number');
  members.optional('PaidOn');
  const state = oneOf(states)(members.optional('State')) ?? 'Draft';
  const tags = readList(members.optional('Tags'), 'string', ns.arrays).map((tag) => needed(text(tag), 'string'));
  members.optional('Total');
  members.end();
  return { currency, customerName, customerNumber, dueOn, lines, state, tags };
}

function readList(element: Element | undefined, name: string, namespace: string): Element[] {
  if (element === undefined || isNil(element)) return [];
  const members = new Members(element, namespace);
  const items = members.all(name);
  members.end();
  return items;
}

/** A line is of the type that its `xsi:type` names: *Line* itself is abstract. */
const lines: Readonly<Record<Line['type'], (members: Members, text: string | null) => Line>> = {
  ProductLine: (members, text) => ({
    type: 'ProductLine',
    text,
    quantity: needed(int(members.required('Quantity')), 'Quantity'),
    unitPrice: needed(decimal(members.required('UnitPrice')), 'UnitPrice'),
  }),
  ServiceLine: (members, text) => ({
    type: 'ServiceLine',
    text,
    hours: needed(decimal(members.required('Hours')), 'Hours'),
    rate: needed(decimal(members.required('Rate')), 'Rate'),
  }),
};

const isLineType = (name: string): name is Line['type'] => Object.hasOwn(lines, name);

function readLine(element: Element): Line {
  const type = typeOf(element);
  if (type === undefined || type.namespace !== ns.data || !isLineType(type.name))
    throw new MessageFault('<Line> must say by xsi:type whether it is a ProductLine or a ServiceLine.');
  const members = new Members(element, ns.data);
  const line = lines[type.name](members, text(members.optional('Text')));
  members.end();
  return line;
}

function typeOf(element: Element): { readonly namespace: string; readonly name: string } | undefined {
  const written = /^(?:([^:]+):)?([^:]+)$/.exec(element.getAttributeNS(ns.xsi, 'type')?.trim() ?? '');
  if (written === null) return undefined;
  const [, prefix, name = ''] = written;
  return { namespace: element.lookupNamespaceURI(prefix ?? '') ?? '', name };
}

export function readFile(element: Element, bytes: ReadBytes): File {
  const members = new Members(element, ns.data);
  const content = bytes(members.required('Content'));
  const fileName = needed(text(members.required('FileName')), 'FileName');
  const mediaType = text(members.optional('MediaType'));
  members.end();
  return { content, fileName, mediaType };
}

export function readApproval(element: Element): Approval {
  const members = new Members(element, ns.data);
  const approvedBy = needed(text(members.required('ApprovedBy')), 'ApprovedBy');
  const reason = text(members.optional('Reason'));
  members.end();
  return { approvedBy, reason };
}
