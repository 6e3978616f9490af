import { connect, Problem } from 'smartwright/client';
import type { Demo } from '../demo.js';

/** What is shown of an invoice. */
interface Invoice {
  readonly Number?: string;
  readonly CustomerName?: string;
  readonly State?: string;
  readonly Total?: number;
  readonly Lines?: readonly { readonly $type?: string }[];
}

/** A SOAP service by its WSDL, called like any other: lists, inheritance, a header, an attachment, a declared fault. */
export async function soap(demo: Demo): Promise<void> {
  const { world, report } = demo;
  report.heading('SOAP: the invoicing service, by its WSDL');
  const { person } = await demo.alice();
  const transport = connect({ url: world.smartwright, fetch: person.fetch });
  const call = async <T>(method: string, input: object): Promise<T> => {
    const [object = '', name = ''] = method.split('.');
    return (await transport.call(`invoicing_${object}`, name, input)) as T;
  };

  const { items } = await call<{ items: readonly Invoice[] }>('Invoice.ListInvoices', { customerNumber: 102 });
  report.done('POST /api/smartobjects/invoicing_Invoice/ListInvoices {"customerNumber":102}');
  report.table(
    ['Invoice', 'Customer', 'State', 'Total', 'Lines (xsi:type)'],
    items.map(({ Number: number, CustomerName, State, Total, Lines = [] }) => [
      number,
      CustomerName,
      State,
      Total,
      Lines.map(({ $type }) => $type).join(', '),
    ]),
  );

  const line = { $type: 'ServiceLine', Text: 'Assembly', Hours: 90, Rate: 130 };
  const invoice = { CustomerNumber: 102, CustomerName: 'Northwind & Söhne', Lines: [line] };
  const fault = await faultOf(() => call('Invoice.CreateInvoice', { invoice }));
  report.done(`An invoice of 11,700 without the header Approval: refused by a fault that the contract declares`);
  report.note(`${fault.message}`);
  report.note(JSON.stringify(fault.upstream?.body));

  const $headers = { Approval: { ApprovedBy: 'Alice', Reason: 'A regular customer' } };
  const created = await call<{ CreateInvoiceResult: Invoice; $headers?: { Receipt?: { Id?: string } } }>(
    'Invoice.CreateInvoice',
    { invoice, $headers },
  );
  const number = created.CreateInvoiceResult.Number ?? '';
  report.done(`With it: ${number}, and the header of the answer: receipt ${created.$headers?.Receipt?.Id}`);

  const content = Buffer.from('90 hours, signed').toString('base64');
  const size = await call<number>('Invoicing.AttachFile', {
    number,
    file: { FileName: 'timesheet.txt', MediaType: 'text/plain', Content: content },
  });
  const print = await call<{ Document: { Content: string }; Files: readonly { Content: string }[] }>(
    'Invoicing.PrintInvoice',
    { number },
  );
  if (print.Files[0]?.Content !== content) throw new Error('The file that came back is another one.');
  report.done(`Attached a file of ${size} bytes; the print comes with it, as attachments beside the envelope:`);
  const [title] = Buffer.from(print.Document.Content, 'base64').toString().split('\n');
  report.note(`${title} …`);
}

async function faultOf(call: () => Promise<unknown>): Promise<Problem> {
  try {
    await call();
  } catch (error) {
    if (error instanceof Problem && error.code === 'UPSTREAM_REFUSED') return error;
    throw error;
  }
  throw new Error('An invoice above the limit was taken without an approval.');
}
