import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { localPrincipal } from '../../runtime/index.js';
import { type Installation, install } from '../support/installation.js';
import { rejection } from '../support/rejection.js';

/** A service of people; `changes` replace parts of its description. */
const people = (changes: { properties?: object; more?: object; title?: string } = {}) => {
  const schema = { $ref: '#/components/schemas/Person' };
  const answer = { 200: { description: 'OK', content: { 'application/json': { schema } } } };
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
  return {
    openapi: '3.0.3',
    info: { title: changes.title ?? 'People', version: '1' },
    servers: [{ url: 'http://127.0.0.1:9' }],
    paths: { '/people/{id}': { get: { parameters: [id], responses: answer }, ...changes.more } },
    components: {
      schemas: { Person: { type: 'object', properties: { name: { type: 'string' }, ...changes.properties } } },
    },
  };
};
const breaking = people({ properties: { name: { type: 'integer' } } });
const additive = people({ properties: { age: { type: 'integer' } } });

describe('a refresh as a review', () => {
  let installation: Installation;
  beforeEach(async () => {
    installation = await install();
    await installation.connect('hr', people());
  });
  afterEach(() => installation.close());

  const admin = () => installation.runtime.admin;
  const store = () => installation.runtime.store;
  const publish = (descriptor: object) => writeFile(join(installation.data, 'hr.json'), JSON.stringify(descriptor));
  const nameType = async () => {
    const types = await store().descriptions.types('hr', ['Person']);
    return typeof types.Person === 'object' ? types.Person.properties?.name : undefined;
  };
  const state = async () => [
    await store().revision(),
    await store().descriptions.summary('hr'),
    await store().descriptions.versions('hr'),
    await store().smartObjects.ofInstance('hr'),
  ];

  it('saves what only adds, and tells it', async () => {
    await publish(additive);
    const { review, types } = await admin().refresh('hr', localPrincipal);
    expect(review).to.deep.include({ instance: 'hr', impact: 'additive', dependents: review.dependents });
    expect(review.counts).to.deep.equal({ breaking: 0, warning: 0, additive: 1, none: 0 });
    expect(review.changes[0]?.message).to.equal('"age" of type Person (in results) is new.');
    expect(types).to.equal(1);
    expect(await store().descriptions.versions('hr')).to.have.length(2);
  });

  it('saves nothing of what breaks callers, and names what it breaks', async () => {
    const before = await state();
    await publish(breaking);
    const error = await rejection(admin().refresh('hr', localPrincipal));
    expect([error.code, error.status]).to.deep.equal(['CHANGES_BREAKING', 409]);
    expect(error.message).to.contain('"name" of type Person (in results) is an integer now; it was a string.');
    const { review } = error.extensions as { review: { id: string; impact: string; dependents: unknown[] } };
    expect(review.impact).to.equal('breaking');
    expect(review.dependents).to.deep.equal([{ object: 'hr_Person', method: 'Read', impact: 'breaking' }]);
    expect(error.message).to.contain(review.id);
    expect(await state()).to.deep.equal(before);
    const {
      items: [entry],
    } = await store().audit.list({ action: 'ServiceInstance.refreshed' });
    expect(entry).to.deep.include({ outcome: 'failed', details: { code: 'CHANGES_BREAKING' } });
  });

  it('saves what breaks callers when it is accepted', async () => {
    await publish(breaking);
    const { review } = await admin().refresh('hr', localPrincipal, { accept: true });
    expect(review.impact).to.equal('breaking');
    expect(await nameType()).to.deep.include({ type: 'integer' });
  });

  it('saves the difference that was looked at and no other', async () => {
    await publish(breaking);
    const before = await state();
    const seen = await admin().review('hr', localPrincipal);
    expect(await state()).to.deep.equal(before);
    await publish(people({ properties: { name: { type: 'boolean' } } }));
    const error = await rejection(admin().refresh('hr', localPrincipal, { accept: seen.id }));
    expect(error.code).to.equal('CONFLICT');
    expect(await state()).to.deep.equal(before);
    // Words do not count.
    await publish({ ...breaking, info: { title: 'Persons', version: '2' } });
    const { review } = await admin().refresh('hr', localPrincipal, { accept: seen.id });
    expect(review.id).to.equal(seen.id);
    await publish(people());
    const late = await rejection(admin().refresh('hr', localPrincipal, { accept: seen.id }));
    expect(late.code).to.equal('CONFLICT');
  });

  it('tells that nothing changed, and keeps no further version', async () => {
    const { review } = await admin().refresh('hr', localPrincipal);
    expect([review.impact, review.changes]).to.deep.equal(['none', []]);
    expect(await store().descriptions.versions('hr')).to.have.length(1);
  });

  it('lets one of two refreshes at the same time win, and neither mix', async () => {
    await publish(breaking);
    const node = await installation.secondNode();
    const both = await Promise.allSettled([
      admin().refresh('hr', localPrincipal, { accept: true }),
      node.admin.refresh('hr', localPrincipal, { accept: true }),
    ]);
    const refused = both.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect(refused.every((code) => code === 'CONFLICT')).to.equal(true);
    expect(refused.length).to.be.lessThan(2);
    expect(await store().descriptions.versions('hr')).to.have.length(2);
  });

  it('guards the saving of a document that is the same, and not of one that asks for something else', async () => {
    const stored = await store().instances.get('hr');
    await publish(breaking);
    const same = { ...stored?.document, displayName: 'Human resources' };
    const before = await state();
    const error = await rejection(admin().save(same, localPrincipal));
    expect(error.code).to.equal('CHANGES_BREAKING');
    expect(await state()).to.deep.equal(before);
    const elsewhere = join(installation.data, 'other.json');
    await writeFile(elsewhere, JSON.stringify(breaking));
    const saved = await admin().save({ ...same, keys: { descriptor: elsewhere } }, localPrincipal);
    expect(saved.review?.impact).to.equal('breaking');
    expect(await store().descriptions.versions('hr')).to.have.length(2);
  });

  it('takes a guarded document whose changes are accepted', async () => {
    const stored = await store().instances.get('hr');
    await publish(breaking);
    const saved = await admin().save(stored?.document, localPrincipal, { accept: true });
    expect(saved.outcome).to.equal('unchanged');
    expect(await nameType()).to.deep.include({ type: 'integer' });
  });

  it('restores a former description with its SmartObjects, which are called as before', async () => {
    await publish(people({ more: { delete: { parameters: [], responses: { 204: { description: 'Gone' } } } } }));
    await admin().refresh('hr', localPrincipal);
    expect((await store().smartObjects.get('hr_Person'))?.methods).to.have.length(2);
    const { review, methods } = await admin().restore('hr', 1, { ...localPrincipal, name: 'ada' });
    expect([review.impact, methods]).to.deep.equal(['breaking', 1]);
    expect((await store().smartObjects.get('hr_Person'))?.methods.map(({ name }) => name)).to.deep.equal(['Read']);
    const [newest, second, first] = await admin().versions('hr');
    expect(newest).to.deep.include({ version: 3, current: true, by: 'ada', restored: 1, hash: first?.hash });
    expect(second).to.deep.include({ version: 2, current: false });
    const error = await rejection(
      installation.runtime.engine.execute({ object: 'hr_Person', method: 'Read', input: { id: '1' } }, localPrincipal),
    );
    expect(error.code).to.equal('UPSTREAM_UNREACHABLE');
  });

  it('restores neither what is there nor what never was', async () => {
    expect((await rejection(admin().restore('hr', 1, localPrincipal))).code).to.equal('CONFLICT');
    expect((await rejection(admin().restore('hr', 7, localPrincipal))).code).to.equal('NOT_FOUND');
    expect((await rejection(admin().restore('nobody', 1, localPrincipal))).code).to.equal('NOT_FOUND');
    expect((await rejection(admin().versions('nobody'))).code).to.equal('NOT_FOUND');
    expect((await rejection(admin().review('nobody', localPrincipal))).code).to.equal('NOT_FOUND');
  });

  it('names the composites of other instances, and keeps the instance while they call it', async () => {
    await installation.connect('other', people({ title: 'Other' }));
    const [object] = await store().smartObjects.ofInstance('other');
    const [method] = object?.methods ?? [];
    if (object === undefined || method === undefined) throw new Error('the instance has a method');
    const step = { instance: 'hr', serviceObject: 'Person', method: 'Read' };
    const composite = { ...method, name: 'Both', steps: [...method.steps, step] as typeof method.steps };
    await store().smartObjects.replace('other', [{ ...object, methods: [method, composite] }]);
    await publish(breaking);
    const { dependents } = await admin().review('hr', localPrincipal);
    expect(dependents).to.deep.equal([
      { object: 'hr_Person', method: 'Read', impact: 'breaking' },
      { object: 'other_Person', method: 'Both', impact: 'breaking', composite: true },
    ]);
    const error = await rejection(admin().delete('ServiceInstance', 'hr', localPrincipal));
    expect(error.code).to.equal('CONFLICT');
    expect(error.message).to.contain('other_Person');
  });
});
