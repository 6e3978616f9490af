import type { InvoicingFault } from './fault.js';
import { type File, type Invoice, type Line, totalOf } from './model.js';
import { ns } from './namespaces.js';

/** Writes the bytes of a file: as base64, or as a reference to an attachment. */
export type WriteBytes = (bytes: Buffer) => string;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

export const escaped = (text: string): string => text.replace(/[&<>\r]/g, (character) => escapes[character] ?? '');

/** A member of a data contract. Null is said; the prefixes are those of `declarations`. */
const member = (name: string, value: string | number | null): string =>
  value === null ? `<a:${name} i:nil="true"/>` : `<a:${name}>${escaped(String(value))}</a:${name}>`;

/** For the element that holds what is written here. */
export const declarations = `xmlns:a="${ns.data}" xmlns:i="${ns.xsi}"`;

/** The content of an *Invoice*. */
export const writeInvoice = (invoice: Invoice): string =>
  [
    member('Currency', invoice.currency),
    member('CustomerName', invoice.customerName),
    member('CustomerNumber', invoice.customerNumber),
    member('DueOn', invoice.dueOn),
    `<a:Lines>${invoice.lines.map(writeLine).join('')}</a:Lines>`,
    member('Number', invoice.number),
    member('PaidOn', invoice.paidOn),
    member('State', invoice.state),
    `<a:Tags xmlns:b="${ns.arrays}">${invoice.tags.map((tag) => `<b:string>${escaped(tag)}</b:string>`).join('')}</a:Tags>`,
    member('Total', totalOf(invoice)),
  ].join('');

function writeLine(line: Line): string {
  const own =
    line.type === 'ProductLine'
      ? member('Quantity', line.quantity) + member('UnitPrice', line.unitPrice)
      : member('Hours', line.hours) + member('Rate', line.rate);
  return `<a:Line i:type="a:${line.type}">${member('Text', line.text)}${own}</a:Line>`;
}

export const writeInvoices = (invoices: readonly Invoice[]): string =>
  invoices.map((invoice) => `<a:Invoice>${writeInvoice(invoice)}</a:Invoice>`).join('');

/** The content of a *Print*: the invoice on paper, and its files. */
export function writePrint(document: File, files: readonly File[], bytes: WriteBytes): string {
  const file = ({ content, fileName, mediaType }: File): string =>
    `<a:Content>${bytes(content)}</a:Content>${member('FileName', fileName)}${member('MediaType', mediaType)}`;
  const list = files.map((one) => `<a:File>${file(one)}</a:File>`).join('');
  return `<a:Document>${file(document)}</a:Document><a:Files>${list}</a:Files>`;
}

export const writeReceipt = (id: string, at: string): string => member('At', at) + member('Id', id);

/** The whole element of a fault's detail. */
export function writeInvoicingFault({ code, problems }: InvoicingFault): string {
  const list = problems
    .map(({ field, detail }) => `<a:Problem>${member('Detail', detail)}${member('Field', field)}</a:Problem>`)
    .join('');
  return `<a:InvoicingFault ${declarations}>${member('Code', code)}<a:Problems>${list}</a:Problems></a:InvoicingFault>`;
}
