import { expect } from 'chai';
import { wcfBroker } from '../../brokers/soap/index.js';
import type { WcfKeys } from '../../brokers/soap/keys.js';
import type { Description } from '../../config/model/service-object.js';
import { type Invoicing, startInvoicing } from '../../samples/invoicing/server.js';
import { contextFor } from '../brokers/rest/describing.js';
import { rejection } from '../support/rejection.js';
import { AUDIENCE, startTokenIssuer, type TokenIssuer } from './token-issuer.js';

type Values = Readonly<Record<string, unknown>>;

describe('the sample invoicing service', () => {
  const context = contextFor({ allowedHosts: ['127.0.0.1'] });
  let issuer: TokenIssuer;
  let invoicing: Invoicing;
  let token: string;

  before(async () => {
    issuer = await startTokenIssuer();
    invoicing = await startInvoicing({ issuer: issuer.url, audience: AUDIENCE });
    token = await issuer.token();
  });
  after(async () => {
    await invoicing?.close();
    await issuer?.close();
  });

  const keysFor = (binding: WcfKeys['binding']): WcfKeys => ({
    metadataUrl: `${invoicing.url}?wsdl`,
    ...(binding === undefined ? {} : { binding }),
    httpRequestHeaders: { authorization: `Bearer ${token}` },
  });

  async function caller(binding: WcfKeys['binding']) {
    const keys = keysFor(binding);
    const described: Description = await wcfBroker.describe(keys, context);
    return async (path: string, input: Values): Promise<unknown> => {
      const [object, name] = path.split('.');
      const method = described.serviceObjects
        .find((one) => one.name === object)
        ?.methods.find((one) => one.name === name);
      if (object === undefined || method === undefined) throw new Error(`There is no method ${path}.`);
      const result = await wcfBroker.execute(
        { keys, serviceObject: object, method, input, types: async () => described.types },
        context,
      );
      return 'items' in result ? result.items : result.value;
    };
  }

  it('is described whole, over the documents that its WSDL imports', async () => {
    const described = await wcfBroker.describe(keysFor('BasicHttpBinding'), context);
    const found = described.serviceObjects.map(({ name, methods }) => [
      name,
      methods.map((method) => `${method.kind} ${method.name}`),
    ]);
    expect(Object.fromEntries(found)).to.deep.equal({
      Invoice: ['read GetInvoice', 'list ListInvoices', 'create CreateInvoice', 'delete DeleteInvoice'],
      Invoicing: ['execute PayInvoice', 'execute AttachFile', 'execute PrintInvoice'],
    });
    expect(described.diagnostics.filter(({ severity }) => severity === 'skipped')).to.deep.equal([]);
  });

  for (const binding of ['BasicHttpBinding', 'WSHttpBinding'] as const) {
    describe(`by its ${binding}`, () => {
      let call: (path: string, input: Values) => Promise<unknown>;
      before(async () => {
        call = await caller(binding);
      });

      const line = { $type: 'ProductLine', Text: 'Gears <large>', Quantity: 3, UnitPrice: 19.9 };
      const invoice = { CustomerNumber: 104, CustomerName: 'Söhne & Co', Lines: [line], Tags: ['a', 'b & c'] };
      const create = async (input: Values = { invoice }) =>
        (await call('Invoice.CreateInvoice', input)) as {
          readonly CreateInvoiceResult: Values & { readonly Number: string };
          readonly $headers: { readonly Receipt: { readonly Id: string } };
        };

      it('lists invoices with lines of the derived types', async () => {
        const invoices = (await call('Invoice.ListInvoices', { customerNumber: 103 })) as {
          readonly CustomerNumber: number;
          readonly Lines: readonly { readonly $type: string }[];
        }[];
        expect(invoices.length).to.be.greaterThan(2);
        expect(new Set(invoices.map(({ CustomerNumber }) => CustomerNumber))).to.deep.equal(new Set([103]));
        expect(new Set(invoices.flatMap(({ Lines }) => Lines.map(({ $type }) => $type)))).to.deep.equal(
          new Set(['ProductLine', 'ServiceLine']),
        );
      });

      it('creates an invoice, answers with a header, and gives it back', async () => {
        const { CreateInvoiceResult: created, $headers } = await create();
        expect($headers.Receipt.Id).to.match(/^[\da-f-]{36}$/);
        expect(created).to.deep.include({ ...invoice, State: 'Draft', Total: 59.7, PaidOn: null });
        expect(await call('Invoice.GetInvoice', { number: created.Number })).to.deep.equal(created);
      });

      it('tells the fault that its contract declares, with its details', async () => {
        const wrong = { ...invoice, Lines: [{ ...line, Quantity: 0 }] };
        const refused = await rejection(create({ invoice: wrong }), 'UPSTREAM_REFUSED');
        expect(refused.extensions.upstream).to.deep.include({
          reason: 'The invoice is not valid.',
          declared: 'InvoicingFaultFault',
          body: { Code: 'NotValid', Problems: [{ Field: 'Lines[0].Quantity', Detail: 'must be above 0' }] },
        });
      });

      it('takes an invoice above the limit with the header Approval only', async () => {
        const large = { ...invoice, Lines: [{ ...line, Quantity: 1_000 }] };
        const refused = await rejection(create({ invoice: large }), 'UPSTREAM_REFUSED');
        expect(refused.extensions.upstream).to.deep.nested.include({ 'body.Code': 'ApprovalRequired' });
        const { CreateInvoiceResult: created } = await create({
          invoice: large,
          $headers: { Approval: { ApprovedBy: 'Grace' } },
        });
        expect(created.Total).to.equal(19_900);
      });

      it('keeps a file, and gives it back as an attachment beside the envelope', async () => {
        const { CreateInvoiceResult: created } = await create();
        const bytes = Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 31) % 256));
        const file = { Content: bytes.toString('base64'), FileName: 'scan.bin', MediaType: 'image/x-scan' };
        expect(await call('Invoicing.AttachFile', { number: created.Number, file })).to.equal(bytes.length);
        const print = (await call('Invoicing.PrintInvoice', { number: created.Number })) as {
          readonly Document: { readonly Content: string };
          readonly Files: readonly Values[];
        };
        expect(print.Files).to.deep.equal([file]);
        expect(Buffer.from(print.Document.Content, 'base64').toString()).to.contain('3 x 19.9  Gears <large>');
      });

      it('deletes drafts, and pays invoices once', async () => {
        const { CreateInvoiceResult: created } = await create();
        await call('Invoice.DeleteInvoice', { number: created.Number });
        const gone = await rejection(call('Invoice.GetInvoice', { number: created.Number }), 'UPSTREAM_REFUSED');
        expect(gone.extensions.upstream).to.deep.nested.include({ 'body.Code': 'NotFound' });
        const { CreateInvoiceResult: other } = await create();
        const paid = await call('Invoicing.PayInvoice', { number: other.Number, paidOn: '2026-03-01T10:00:00Z' });
        expect(paid).to.deep.include({ State: 'Paid', PaidOn: '2026-03-01T10:00:00Z' });
        await rejection(call('Invoicing.PayInvoice', { number: other.Number }), 'UPSTREAM_REFUSED');
      });
    });
  }

  it('refuses who has no token, and what is not of its contract', async () => {
    const post = async (body: string, headers: Record<string, string> = { authorization: `Bearer ${token}` }) => {
      const response = await fetch(invoicing.url, { method: 'POST', headers, body });
      return { status: response.status, text: await response.text() };
    };
    const envelope = (content: string, header = '') =>
      `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">${header}<s:Body>${content}</s:Body></s:Envelope>`;
    const get = (content: string) => `<GetInvoice xmlns="http://sample.example/invoicing">${content}</GetInvoice>`;
    expect((await post(envelope(get('<number>INV-7001</number>')))).status).to.equal(200);
    expect((await post(envelope(get('<number>INV-7001</number>')), {})).status).to.equal(401);
    for (const wrong of [get('<Number>INV-7001</Number>'), get('<number xmlns="">1</number>'), '<Unknown/>']) {
      const { status, text } = await post(envelope(wrong));
      expect(status, wrong).to.equal(500);
      expect(text).to.contain('faultcode>s:Client');
    }
    const must = '<s:Header><Key xmlns="urn:x" s:mustUnderstand="1"/></s:Header>';
    expect((await post(envelope(get('<number>INV-7001</number>'), must))).text).to.contain('s:MustUnderstand');
    expect((await post(`<!DOCTYPE x []>${envelope(get(''))}`)).text).to.contain('document type');
  });
});
