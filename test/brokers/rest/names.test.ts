import { expect } from 'chai';
import fc from 'fast-check';
import type { GivenNames } from '../../../brokers/broker.js';
import type { Description } from '../../../config/model/service-object.js';
import { givenNames } from '../../../runtime/admin/given-names.js';
import { contextFor, describeDocument, describeFiles, giving, kindsOf, openapi, taking } from './describing.js';

const contact = { type: 'object', properties: { id: { type: 'string' }, name: { type: 'string' } } };
const list = giving({ type: 'array', items: contact });
const one = giving(contact);
const done = { responses: { 204: { description: 'Done' } } };
const withId = (operation: object, operationId: string) => ({ ...operation, operationId });

/** Operation → `Object.Method`. */
function namesOf(description: Description): Map<string, string> {
  return new Map([...givenNames(description)].map(([key, name]) => [key, `${name.serviceObject}.${name.method}`]));
}

const describeAgain = (paths: object, names: GivenNames): Promise<Description> =>
  describeFiles({ 'api.json': openapi(paths) }, {}, { ...contextFor(), names });

describe('REST: names of objects and methods', () => {
  it('do not depend on the order of the document, nor on what is added to it', async () => {
    const paths: Record<string, object> = {
      '/contacts': { get: list, post: taking(contact) },
      '/contacts/{id}': { get: one, put: taking(contact), patch: taking(contact), delete: done },
      '/contacts/by-mail/{mail}': { get: one },
      '/contacts/{id}/notes': { get: list },
      '/contacts/{id}/archive': { post: done },
    };
    const before = namesOf(await describeDocument(openapi(paths)));
    const more = {
      '/zebras': { get: list },
      // Shorter, and each wants a name that is there.
      '/contact': { get: one, patch: taking(contact) },
      '/contacts/notes': { get: list },
      '/contacts/archive': { post: done },
      '/contacts/me': { get: one, delete: done },
      '/v2/contacts': { get: list },
      '/v2/contacts/{id}': { get: one },
      ...paths,
      '/contacts/{id}/tags/{tag}': { put: done },
    };
    const after = namesOf(await describeDocument(openapi(Object.fromEntries(Object.entries(more).reverse()))));
    for (const [operation, name] of before) {
      if (name !== 'Contact.Archive') expect(after.get(operation), operation).to.equal(name);
    }
    expect(after.get('GET /contact')).to.equal('Contact.Get');
    expect(after.get('GET /contacts/notes')).to.equal('ContactsNote.List');
    expect(after.get('GET /contacts/me')).to.equal('ContactMe.Read');
    expect(after.get('GET /v2/contacts')).to.equal('ContactV2.List');
  });

  it('once given stay, whatever shorter, earlier or better operation comes', async () => {
    const paths = {
      '/v2/contacts': { get: list },
      '/contacts/{id}/archive': { post: done },
      '/things/{id}': { patch: taking(contact) },
      '/user': { get: one },
    };
    const first = await describeDocument(openapi(paths));
    expect([...namesOf(first).values()]).to.deep.equal([
      'ContactV2.List',
      'Contact.Archive',
      'Thing.Update',
      'User.Read',
    ]);
    const grown = {
      '/contacts/archive': { post: done },
      '/contacts': { get: list },
      '/v1/contacts': { get: list },
      '/users/{name}': { get: one },
      ...paths,
      '/things/{id}': { patch: taking(contact), put: taking(contact) },
    };
    const names = namesOf(await describeAgain(grown, givenNames(first)));
    expect(Object.fromEntries(names)).to.deep.equal({
      'POST /contacts/archive': 'Contact.PostArchive',
      'GET /contacts': 'Contact.List',
      'GET /v1/contacts': 'ContactV1.List',
      'GET /users/{name}': 'User.ReadByName',
      'GET /v2/contacts': 'ContactV2.List',
      'POST /contacts/{id}/archive': 'Contact.Archive',
      'PUT /things/{id}': 'Thing.Replace',
      'PATCH /things/{id}': 'Thing.Update',
      'GET /user': 'User.Read',
    });
  });

  it('once given stay in any growth and any order', async () => {
    const segment = fc.constantFrom(
      'contacts',
      'contact',
      'notes',
      'note',
      '{id}',
      '{key}',
      'me',
      'v1',
      'v2',
      'search',
    );
    const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((steps) => `/${steps.join('/')}`);
    const verbs = fc.subarray(['get', 'put', 'post', 'patch', 'delete'], { minLength: 1 });
    const document = fc.dictionary(path, verbs, { minKeys: 1, maxKeys: 8 });
    const operations = (of: Record<string, string[]>) =>
      Object.fromEntries(
        Object.entries(of).map(([at, some]) => [at, Object.fromEntries(some.map((verb) => [verb, one]))]),
      );
    await fc.assert(
      fc.asyncProperty(document, document, async (some, others) => {
        const first = await describeDocument(openapi(operations(some)));
        const union: Record<string, string[]> = { ...others };
        for (const [at, own] of Object.entries(some)) union[at] = [...new Set([...(others[at] ?? []), ...own])];
        const second = await describeAgain(operations(union), givenNames(first));
        const now = namesOf(second);
        for (const [operation, name] of namesOf(first)) expect(now.get(operation)).to.equal(name);
        const all = [...now.values()].map((name) => name.toLowerCase());
        expect(new Set(all).size).to.equal(all.length);
      }),
      { numRuns: 60 },
    );
  }).timeout(20_000);

  it('stay when a path calls its parameters otherwise', async () => {
    const first = await describeDocument(
      openapi({ '/contacts/{id}': { get: one }, '/contact': { get: withId(one, 'own') } }),
    );
    const names = new Map([...givenNames(first)].map(([key, name]) => [key, { ...name, method: `${name.method}Old` }]));
    const again = await describeAgain({ '/contacts/{contactId}': { get: one }, '/contact': { get: one } }, names);
    expect([...namesOf(again)]).to.deep.equal([
      ['GET /contacts/{contactId}', 'Contact.ReadOld'],
      ['GET /contact', 'Contact.GetOld'],
    ]);
  });

  it('of a matrix of versions: the earliest has the plain name, each later one its own object', async () => {
    const description = await describeDocument(
      openapi({
        '/api/v2/contacts': { get: list },
        '/api/v1/contacts': { get: list },
        '/api/v10/contacts': { get: list },
        '/api/beta/contacts': { get: list },
        '/api/2024-01/contacts': { get: list },
        '/api/v2/deals': { get: list },
      }),
    );
    expect([...namesOf(description).values()]).to.deep.equal([
      'ContactV2.List',
      'Contact.List',
      'ContactV10.List',
      'ContactBeta.List',
      'ContactV2024_01.List',
      'Deal.List',
    ]);
  });
});

describe('REST: kinds of methods', () => {
  const kinds = async (paths: object) => kindsOf(await describeDocument(openapi(paths)));

  it('a search by POST or QUERY is a list, also with criteria in the body and an envelope around the items', async () => {
    const found = giving({ type: 'object', properties: { results: { type: 'array', items: contact }, total: {} } });
    expect(
      await kinds({
        '/contacts/search': { post: { ...taking({ type: 'object' }), ...found } },
        '/contacts/query': { post: found },
        '/search': { post: withId({ ...found, tags: ['Deals'] }, 'searchDeals') },
        '/notes': { post: withId(found, 'listNotes') },
        '/tags/find': { get: one },
      }),
    ).to.deep.equal({
      'Contact.Search': 'list',
      'Contact.Query': 'list',
      'Deal.Search': 'list',
      'Note.Create': 'create',
      'Tag.Find': 'read',
    });
  });

  it('PUT on an item is an update, also when it creates; with a telling id it creates', async () => {
    expect(
      await kinds({
        '/contacts/{id}': { put: withId(taking(contact), 'upsertContact') },
        '/deals': { put: withId(taking(contact), 'createDeal'), post: withId(taking(contact), 'updateOrCreateDeals') },
      }),
    ).to.deep.equal({ 'Contact.Update': 'update', 'Deal.Create': 'create', 'Deal.Upsert': 'update' });
  });

  it('what is done to one thing, or to many at once, is executed', async () => {
    const many = taking({ type: 'array', items: contact });
    expect(
      await kinds({
        '/things/{id}/activate': { post: done },
        '/things/{id}:cancel': { post: done },
        '/things/bulk': { post: many },
        '/things': { post: many, put: many, patch: many, delete: done },
        '/things/{id}/vote': { get: one, put: done, delete: done },
        '/pulls/{id}/merge': { get: done, post: done },
      }),
    ).to.deep.equal({
      'Thing.Activate': 'execute',
      'Thing.Cancel': 'execute',
      'Thing.Bulk': 'execute',
      'Thing.CreateMany': 'execute',
      'Thing.UpdateMany': 'execute',
      'Thing.PatchMany': 'execute',
      'Thing.DeleteMany': 'execute',
      'Thing.ReadVote': 'read',
      'Thing.Vote': 'execute',
      'Thing.DeleteVote': 'execute',
      'Pull.GetMerge': 'execute',
      'Pull.Merge': 'execute',
    });
  });

  it('a procedure named by one verb is of that kind', async () => {
    expect(
      await kinds({
        '/conversations.create': { post: one },
        '/conversations.list': { get: list },
        '/conversations.rename': { post: done },
        '/conversations.delete': { post: done },
        '/volumes/create': { post: taking(contact) },
      }),
    ).to.deep.equal({
      'Conversation.Create': 'create',
      'Conversation.List': 'list',
      'Conversation.Rename': 'execute',
      'Conversation.Delete': 'delete',
      'Volume.Create': 'create',
    });
  });

  it('one of a kind is read and updated; things as a whole that are not listed leave Read to the item', async () => {
    expect(
      await kinds({
        '/settings': { get: one, put: taking(contact) },
        '/account': { get: one, patch: taking(contact) },
        '/offices': { get: one },
        '/offices/{id}': { get: one },
        '/session': { post: withId(done, 'renewSession') },
      }),
    ).to.deep.equal({
      'Setting.Read': 'read',
      'Setting.Update': 'update',
      'Account.Read': 'read',
      'Account.Update': 'update',
      'Office.Get': 'read',
      'Office.Read': 'read',
      'Session.Renew': 'execute',
    });
  });

  it('nested things have objects of their own, lists of one thing by its key', async () => {
    expect(
      await kinds({
        '/repos/{owner}/{repo}/issues/comments': { get: list },
        '/repos/{owner}/{repo}/issues/{number}/comments': { get: list, post: taking(contact) },
        '/repos/{owner}/{repo}/statuses/{sha}': { get: list },
        '/messages/{id}/media': { get: list },
        '/messages/{id}/media/{key}': { get: one },
      }),
    ).to.deep.equal({
      'RepoIssuesComment.List': 'list',
      'RepoIssueComment.List': 'list',
      'RepoIssueComment.Create': 'create',
      'RepoStatus.ListBySha': 'list',
      'MessageMedia.List': 'list',
      'MessageMedia.Read': 'read',
    });
  });

  it('a GET on a plural is a list when the document does not tell what it answers', async () => {
    const untold = { responses: { 200: { description: 'OK' } } };
    expect(
      await kinds({ '/contacts': { get: untold }, '/contacts/{id}': { get: untold }, '/status': { get: untold } }),
    ).to.deep.equal({ 'Contact.List': 'list', 'Contact.Read': 'read', 'Status.Read': 'read' });
  });
});
