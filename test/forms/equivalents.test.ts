import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import fc from 'fast-check';
import { parse } from 'yaml';
import { equivalentsOf, type WrittenCall } from '../../runtime/forms/equivalents.js';

const call: WrittenCall = {
  url: 'http://localhost:8085',
  object: 'crm_Contact',
  method: 'List',
  input: { status: ['lead'], limit: 5 },
  objects: [
    { name: 'crm_Contact', instance: 'crm', methods: [{ name: 'Read' }, { name: 'List' }] },
    { name: 'crm_contact', instance: 'crm', methods: [{ name: 'Read' }] },
  ],
};

/** What a POSIX shell hands to `curl`. */
async function argumentsOf(command: string, environment: Record<string, string> = {}): Promise<string[]> {
  const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }\n${command}`;
  const { stdout } = await promisify(execFile)('/bin/sh', ['-c', script], { env: environment });
  return stdout.split('\0').slice(0, -1);
}

describe('a call in other words', () => {
  it('is a command that a shell reads as it was meant, whatever the input has', async () => {
    const input = { note: `it's "$HOME" \`id\` \\ $(id)\nÄ😀`, long: 12345678901234567890n };
    const { curl } = equivalentsOf({ ...call, input });
    const words = await argumentsOf(curl, { SMARTWRIGHT_API_KEY: 'swk_1' });
    expect(words.slice(0, 3)).to.deep.equal(['-X', 'POST', 'http://localhost:8085/api/smartobjects/crm_Contact/List']);
    expect(words).to.include('authorization: Bearer swk_1');
    expect(words.at(-1)).to.equal(`{"note":${JSON.stringify(input.note)},"long":12345678901234567890}`);
  });

  it('is a program in the names that the generated modules have', () => {
    expect(equivalentsOf(call).typescript).to.equal(`import { env } from 'node:process';
import { connectCrm } from './crm/index.js';

const crm = connectCrm({ url: 'http://localhost:8085', apiKey: env.SMARTWRIGHT_API_KEY ?? '' });
const result = await crm.contact.list({
  status: [
    'lead',
  ],
  limit: 5,
});
`);
    const second = equivalentsOf({ ...call, object: 'crm_contact', method: 'Read', input: {} });
    expect(second.typescript).to.contain('await crm.contact2.read();');
  });

  it('calls what the modules of the CRM sample export', async () => {
    const index = await readFile(new URL('../../samples/modules/crm/index.ts', import.meta.url), 'utf8');
    expect(index).to.contain('export function connectCrm(').and.to.contain('contact: contact(transport)');
  });

  it('is a program whose argument is the input, whatever that has', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), (input) => {
        const { typescript } = equivalentsOf({ ...call, input: input as WrittenCall['input'] });
        const argument = typescript.slice(typescript.indexOf('.list(') + '.list'.length, typescript.lastIndexOf(';'));
        expect(JSON.stringify(runInNewContext(argument))).to.equal(JSON.stringify(input));
      }),
      { numRuns: 100, examples: [[JSON.parse('{"__proto__":{"a":1},"then":null}')]] },
    );
  });

  it('is a workflow of one step, from which any input can be read back', () => {
    const document = parse(equivalentsOf(call).workflow);
    expect(document.arazzo).to.equal('1.0.1');
    expect(document.sourceDescriptions).to.deep.equal([
      { name: 'smartwright', url: 'http://localhost:8085/openapi.json', type: 'openapi' },
    ]);
    const [step] = document.workflows[0].steps;
    expect(step).to.deep.include({ stepId: 'List', operationId: 'callMethod' });
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (input) => {
        const { workflow } = equivalentsOf({ ...call, input: input as WrittenCall['input'] });
        const { payload } = parse(workflow).workflows[0].steps[0].requestBody;
        expect(JSON.stringify(payload)).to.equal(JSON.stringify(input));
      }),
      { numRuns: 50 },
    );
  });

  it('leaves the content of a file out', () => {
    const input = { photo: { name: 'me.png', content: 'A'.repeat(1_000_000) } };
    for (const written of Object.values(equivalentsOf({ ...call, input })) as string[]) {
      expect(written).to.contain('999960 more characters, left out here');
      expect(written.length).to.be.lessThan(1_500);
    }
  });
});
