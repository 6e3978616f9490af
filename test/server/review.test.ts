import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Fixture, startFixture } from './fixture.js';

const descriptor = (type: string) => {
  const schema = { type: 'object', properties: { name: { type } } };
  const answer = { 200: { description: 'OK', content: { 'application/json': { schema } } } };
  return {
    openapi: '3.0.3',
    info: { title: 'People', version: '1' },
    servers: [{ url: 'http://127.0.0.1:9' }],
    paths: { '/people/{id}': { get: { parameters: [id], responses: answer } } },
  };
};
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };

describe('the review of a service instance over HTTP', () => {
  const path = '/api/service-instances/hr';
  let fixture: Fixture;
  let file: string;
  const post = (what: string) => fixture.ask(`${path}/${what}`, { method: 'POST', as: 'admin' });
  const publish = (type: string) => writeFile(file, JSON.stringify(descriptor(type)));

  before(async () => {
    fixture = await startFixture();
    file = join(fixture.runtime.settings.data, 'hr.json');
    await publish('string');
    const body = { type: 'rest', authentication: { mode: 'none' }, keys: { descriptor: file } };
    expect((await fixture.ask(path, { method: 'PUT', as: 'admin', body })).status).to.equal(201);
  });
  after(() => fixture.close());

  it('tells the changes, refuses them with 409, and saves those that are accepted by name', async () => {
    await publish('integer');
    const review = await post('review');
    expect(review.status).to.equal(200);
    expect(review.json).to.deep.include({ instance: 'hr', impact: 'breaking' });
    expect(review.json.counts).to.include({ breaking: 2 });
    expect(review.json.changes.map(({ code }: { code: string }) => code)).to.deep.equal([
      'TYPE_CHANGED',
      'DATA_TYPE_CHANGED',
    ]);
    expect(review.json.dependents).to.deep.equal([{ object: 'hr_Person', method: 'Read', impact: 'breaking' }]);

    const refused = await post('refresh');
    expect([refused.status, refused.json.code]).to.deep.equal([409, 'CHANGES_BREAKING']);
    expect(refused.headers.get('content-type')).to.equal('application/problem+json');
    expect(refused.json.review).to.deep.equal(review.json);
    const other = await post('refresh?accept=true');
    expect([other.status, other.json.code]).to.deep.equal([409, 'CONFLICT']);

    const accepted = await post(`refresh?accept=${review.json.id}`);
    expect(accepted.status).to.equal(200);
    expect(accepted.json).to.deep.include({ instance: 'hr', methods: 1, review: review.json });
  });

  it('guards a document that is saved unchanged', async () => {
    await publish('boolean');
    const { json } = await fixture.ask(path, { as: 'admin' });
    const put = (query: string) => fixture.ask(path + query, { method: 'PUT', as: 'admin', body: json.document });
    const refused = await put('');
    expect([refused.status, refused.json.code]).to.deep.equal([409, 'CHANGES_BREAKING']);
    const saved = await put(`?accept=${refused.json.review.id}`);
    expect([saved.status, saved.json.outcome, saved.json.review.impact]).to.deep.equal([200, 'unchanged', 'breaking']);
  });

  it('lists former descriptions, tells what each changed, and restores one', async () => {
    const { json } = await fixture.ask(`${path}/versions`, { as: 'designer' });
    expect(json.items.map(({ version, current }: Record<string, unknown>) => [version, current])).to.deep.equal([
      [3, true],
      [2, false],
      [1, false],
    ]);
    expect(json.items[0]).to.deep.include({ by: 'key_admin', serviceVersion: '1' });
    const second = await fixture.ask(`${path}/versions/2`, { as: 'designer' });
    expect(second.json.differences[0].message).to.contain('is an integer now; it was a string.');
    expect((await fixture.ask(`${path}/versions/9`, { as: 'designer' })).status).to.equal(404);
    expect((await fixture.ask(`${path}/versions/x`, { as: 'designer' })).json.code).to.equal('REQUEST_INVALID');
    const restored = await post('versions/1/restore');
    expect([restored.status, restored.json.review.impact]).to.deep.equal([200, 'breaking']);
    expect((await post('versions/4/restore')).json.code).to.equal('CONFLICT');
    const { json: after } = await fixture.ask(`${path}/versions`, { as: 'designer' });
    expect(after.items[0]).to.deep.include({ version: 4, restored: 1, current: true });
  });

  it('is for admins; designers may look at versions', async () => {
    for (const what of ['review', 'refresh', 'versions/1/restore']) {
      expect((await fixture.ask(`${path}/${what}`, { method: 'POST', as: 'designer' })).status).to.equal(403);
    }
    expect((await fixture.ask(`${path}/versions`, { as: 'user' })).status).to.equal(403);
  });
});
