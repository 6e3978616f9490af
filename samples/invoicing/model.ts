/** What the service keeps, in the words of its data contracts. */

export interface ProductLine {
  readonly type: 'ProductLine';
  readonly text: string | null;
  readonly quantity: number;
  readonly unitPrice: number;
}

export interface ServiceLine {
  readonly type: 'ServiceLine';
  readonly text: string | null;
  readonly hours: number;
  readonly rate: number;
}

export type Line = ProductLine | ServiceLine;

export const currencies = ['EUR', 'GBP', 'USD'] as const;
export type Currency = (typeof currencies)[number];

export const states = ['Draft', 'Sent', 'Paid'] as const;
export type InvoiceState = (typeof states)[number];

/** What a caller says of a new invoice. */
export interface InvoiceFields {
  readonly currency: Currency;
  readonly customerName: string | null;
  readonly customerNumber: number;
  /** `xs:dateTime`. */
  readonly dueOn: string;
  readonly lines: readonly Line[];
  readonly state: InvoiceState;
  readonly tags: readonly string[];
}

export interface Invoice extends InvoiceFields {
  readonly number: string;
  readonly paidOn: string | null;
}

export interface File {
  readonly content: Buffer;
  readonly fileName: string;
  readonly mediaType: string | null;
}

/** Who answers for an invoice above the limit. */
export interface Approval {
  readonly approvedBy: string;
  readonly reason: string | null;
}

/** Of an invoice, rounded to cents. */
export function totalOf({ lines }: Pick<InvoiceFields, 'lines'>): number {
  const sum = lines.reduce(
    (total, line) => total + (line.type === 'ProductLine' ? line.quantity * line.unitPrice : line.hours * line.rate),
    0,
  );
  return Math.round(sum * 100) / 100;
}
