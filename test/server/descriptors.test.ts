import { expect } from 'chai';
import { petsDocument } from '../cli/pets.js';
import { type Fixture, startFixture } from './fixture.js';

describe('descriptors that are files only', () => {
  let fixture: Fixture;
  const upload = (body: string, as: 'admin' | 'designer' = 'admin') =>
    fixture.ask('/api/descriptors', { as, body, headers: { 'content-type': 'application/octet-stream' } });

  before(async () => {
    fixture = await startFixture({ limits: { descriptorBytes: 100_000 } as never });
  });
  after(() => fixture.close());

  it('are kept under their content, and can be described by the path that the answer names', async () => {
    const text = JSON.stringify(petsDocument('https://pets.example'));
    const { status, json } = await upload(text);
    expect([status, json.bytes]).to.deep.equal([201, Buffer.byteLength(text)]);
    expect((await upload(text)).json.descriptor).to.equal(json.descriptor);
    const instance = {
      name: 'pets',
      type: 'rest',
      authentication: { mode: 'none' },
      keys: { descriptor: json.descriptor },
    };
    const found = await fixture.ask('/api/service-instances/describe', { as: 'admin', body: instance });
    expect(found.json.operations).to.equal(5);
  });

  it('are refused when they are empty, too large, or not an admin’s', async () => {
    expect((await upload('')).json.code).to.equal('REQUEST_INVALID');
    expect((await upload('x'.repeat(100_001))).json.code).to.equal('PAYLOAD_TOO_LARGE');
    expect((await upload('{}', 'designer')).json.code).to.equal('FORBIDDEN');
  });
});
