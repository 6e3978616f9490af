import { randomUUID } from 'node:crypto';
import { MessageFault } from './fault.js';
import type { Invoices } from './invoices.js';
import { isNil, Members } from './members.js';
import { type File, type Invoice, states, totalOf } from './model.js';
import { ns } from './namespaces.js';
import { type ReadBytes, readApproval, readFile, readInvoice } from './read-contracts.js';
import { dateTime, int, oneOf, text } from './values.js';
import {
  declarations,
  type WriteBytes,
  writeInvoice,
  writeInvoices,
  writePrint,
  writeReceipt,
} from './write-contracts.js';
import type { Element } from './xml-document.js';

/** A message after it was read. */
export interface Request {
  /** The element of the body. */
  readonly body: Element;
  readonly headers: readonly Element[];
  readonly bytes: ReadBytes;
}

export interface Answer {
  /** Content of the element `…Response`. */
  readonly body: string;
  /** Header blocks. */
  readonly header?: string;
}

export interface Operation {
  readonly scope: 'crm.read' | 'crm.write';
  run(invoices: Invoices, request: Request, bytes: WriteBytes): Answer;
}

/** By the name of the body's element. */
export const operations: Readonly<Record<string, Operation>> = {
  GetInvoice: {
    scope: 'crm.read',
    run: (invoices, { body }) => result('GetInvoice', writeInvoice(invoices.get(numberIn(body)))),
  },
  ListInvoices: {
    scope: 'crm.read',
    run(invoices, { body }) {
      const members = new Members(body, ns.service);
      const customerNumber = int(members.optional('customerNumber'));
      const state = oneOf(states)(members.optional('state'));
      members.end();
      return result('ListInvoices', writeInvoices(invoices.list(customerNumber, state)));
    },
  },
  CreateInvoice: {
    scope: 'crm.write',
    run(invoices, { body, headers }) {
      const members = new Members(body, ns.service);
      const element = members.required('invoice');
      members.end();
      if (isNil(element)) throw new MessageFault('<invoice> must not be null.');
      const approval = headers.find((header) => header.localName === 'Approval' && header.namespaceURI === ns.service);
      const created = invoices.create(
        readInvoice(element),
        approval === undefined || isNil(approval) ? undefined : readApproval(approval),
      );
      const receipt = writeReceipt(randomUUID(), new Date().toISOString());
      return {
        ...result('CreateInvoice', writeInvoice(created)),
        header: `<Receipt xmlns="${ns.service}" ${declarations}>${receipt}</Receipt>`,
      };
    },
  },
  DeleteInvoice: {
    scope: 'crm.write',
    run(invoices, { body }) {
      invoices.delete(numberIn(body));
      return { body: '' };
    },
  },
  PayInvoice: {
    scope: 'crm.write',
    run(invoices, { body }) {
      const members = new Members(body, ns.service);
      const number = text(members.optional('number'));
      const paidOn = dateTime(members.optional('paidOn')) ?? new Date().toISOString();
      members.end();
      return result('PayInvoice', writeInvoice(invoices.pay(number, paidOn)));
    },
  },
  AttachFile: {
    scope: 'crm.write',
    run(invoices, { body, bytes }) {
      const members = new Members(body, ns.service);
      const number = text(members.optional('number'));
      const file = readFile(members.required('file'), bytes);
      members.end();
      invoices.attach(number, file);
      return result('AttachFile', String(file.content.length));
    },
  },
  PrintInvoice: {
    scope: 'crm.read',
    run(invoices, { body }, bytes) {
      const invoice = invoices.get(numberIn(body));
      return result('PrintInvoice', writePrint(printOf(invoice), invoices.filesOf(invoice.number), bytes));
    },
  },
};

/** The only member of many requests. */
function numberIn(body: Element): string | null {
  const members = new Members(body, ns.service);
  const number = text(members.optional('number'));
  members.end();
  return number;
}

const result = (operation: string, content: string): Answer => ({
  body: `<${operation}Result ${declarations}>${content}</${operation}Result>`,
});

function printOf(invoice: Invoice): File {
  const lines = invoice.lines.map((line) =>
    line.type === 'ProductLine'
      ? `${line.quantity} x ${line.unitPrice}  ${line.text ?? ''}`
      : `${line.hours} h at ${line.rate}  ${line.text ?? ''}`,
  );
  const head = [`Invoice ${invoice.number}`, invoice.customerName ?? '', `Due on ${invoice.dueOn.slice(0, 10)}`];
  const content = [...head, '', ...lines, '', `Total ${totalOf(invoice)} ${invoice.currency}`, ''].join('\n');
  return { content: Buffer.from(content), fileName: `${invoice.number}.txt`, mediaType: 'text/plain; charset=utf-8' };
}
