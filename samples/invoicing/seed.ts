import { Invoices } from './invoices.js';
import type { Line } from './model.js';

const DAY = 86_400_000;

const customers = ['Analytical Engines', 'Northwind & Söhne', 'Harbour Lights', 'Copper Mill', 'Blue Orchard'] as const;
const work: readonly Line[] = [
  { type: 'ServiceLine', text: 'Installation', hours: 6.5, rate: 120 },
  { type: 'ProductLine', text: 'Brass gears, box of 12', quantity: 4, unitPrice: 89.9 },
  { type: 'ServiceLine', text: 'Maintenance', hours: 12, rate: 95 },
  { type: 'ProductLine', text: null, quantity: 1, unitPrice: 1250 },
];

/** Two dozen invoices of five customers around a day; the same each time. */
export function seed(today: Date): Invoices {
  const invoices = new Invoices();
  for (let index = 0; index < 24; index++) {
    const customer = index % customers.length;
    const due = new Date(today.getTime() + (index - 16) * 4 * DAY).toISOString();
    const { number } = invoices.create(
      {
        currency: 'EUR',
        customerName: customers[customer] ?? null,
        customerNumber: 101 + customer,
        dueOn: due,
        lines: work.slice(index % 3, (index % 3) + 1 + (index % 2)),
        state: index % 6 === 5 ? 'Draft' : 'Sent',
        tags: index % 4 === 0 ? ['export', 'reminder sent'] : [],
      },
      undefined,
    );
    if (index < 8 && index % 6 !== 5) invoices.pay(number, due);
  }
  return invoices;
}
