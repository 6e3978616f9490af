import { InvoicingFault } from './fault.js';
import type { Approval, File, Invoice, InvoiceFields, InvoiceState } from './model.js';
import { totalOf } from './model.js';

/** Above it somebody has to answer for an invoice. */
const APPROVAL_LIMIT = 10_000;

/** The invoices and their files; gone when the process ends. */
export class Invoices {
  readonly #invoices = new Map<string, Invoice>();
  readonly #files = new Map<string, File[]>();
  #next = 7001;

  /** @throws InvoicingFault NotFound */
  get(number: string | null): Invoice {
    const invoice = number === null ? undefined : this.#invoices.get(number);
    if (invoice === undefined)
      throw new InvoicingFault('NotFound', `There is no invoice ${number ?? 'without a number'}.`);
    return invoice;
  }

  /** The latest first. */
  list(customerNumber: number | null, state: InvoiceState | null): Invoice[] {
    return [...this.#invoices.values()]
      .filter((invoice) => customerNumber === null || invoice.customerNumber === customerNumber)
      .filter((invoice) => state === null || invoice.state === state)
      .reverse();
  }

  /** @throws InvoicingFault NotValid, ApprovalRequired */
  create(fields: InvoiceFields, approval: Approval | undefined): Invoice {
    const problems = problemsOf(fields);
    if (problems.length > 0) throw new InvoicingFault('NotValid', 'The invoice is not valid.', problems);
    if (totalOf(fields) > APPROVAL_LIMIT && approval === undefined)
      throw new InvoicingFault('ApprovalRequired', `An invoice above ${APPROVAL_LIMIT} needs the header Approval.`);
    const number = `INV-${this.#next++}`;
    const invoice = { ...fields, number, paidOn: null };
    this.#invoices.set(number, invoice);
    return invoice;
  }

  /** @throws InvoicingFault NotFound, WrongState */
  delete(number: string | null): void {
    const invoice = this.get(number);
    if (invoice.state !== 'Draft')
      throw new InvoicingFault(
        'WrongState',
        `The invoice ${invoice.number} is ${invoice.state}; only a draft can be deleted.`,
      );
    this.#invoices.delete(invoice.number);
    this.#files.delete(invoice.number);
  }

  /** @throws InvoicingFault NotFound, WrongState */
  pay(number: string | null, paidOn: string): Invoice {
    const invoice = this.get(number);
    if (invoice.state === 'Paid')
      throw new InvoicingFault('WrongState', `The invoice ${invoice.number} is paid already.`);
    const paid: Invoice = { ...invoice, state: 'Paid', paidOn };
    this.#invoices.set(invoice.number, paid);
    return paid;
  }

  /** @throws InvoicingFault NotFound */
  attach(number: string | null, file: File): void {
    const invoice = this.get(number);
    this.#files.set(invoice.number, [...this.filesOf(invoice.number), file]);
  }

  filesOf(number: string): readonly File[] {
    return this.#files.get(number) ?? [];
  }
}

function problemsOf({ lines, customerNumber }: InvoiceFields): { field: string; detail: string }[] {
  const problems = lines.flatMap((line, index) => {
    const [field, amount] = line.type === 'ProductLine' ? ['Quantity', line.quantity] : ['Hours', line.hours];
    return amount > 0 ? [] : [{ field: `Lines[${index}].${field}`, detail: 'must be above 0' }];
  });
  if (lines.length === 0) problems.push({ field: 'Lines', detail: 'must have a line at least' });
  if (customerNumber <= 0) problems.push({ field: 'CustomerNumber', detail: 'must be above 0' });
  return problems;
}
