import { expect } from 'chai';
import { localPrincipal } from '../../runtime/index.js';
import { type Answer, type Fixture, startFixture } from './fixture.js';

describe('what the server remembers of who did what', () => {
  let fixture: Fixture;
  before(async () => {
    fixture = await startFixture({
      limits: {
        ...{ requestBytes: 1e6, answerBytes: 1e6, streamBytes: 1e6, descriptorBytes: 1e6 },
        ...{ upstreamTimeout: 1_000, shutdownTimeout: 1_000, recentCalls: 50, recentCallDays: 1 },
      },
    });
  });
  after(() => fixture.close());

  const call = (method: string, body: object, as: 'user' | 'designer' = 'user') =>
    fixture.ask(`/api/smartobjects/Probe_Contact/${method}`, { as, body });
  const calls = (query = '', as: 'admin' | 'designer' | 'user' = 'admin'): Promise<Answer> =>
    fixture.ask(`/api/calls?${query}`, { as });

  async function whenThere(query: string, count: number): Promise<Answer> {
    for (;;) {
      const answer = await calls(query);
      if (answer.json.items.length >= count) return answer;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  it('tells each call with what it came to, and never what went in or came out', async () => {
    await call('echo', { id: 1, name: 'canary-input' });
    await call('refuse', { id: 1 });
    await call('echo', ['canary-no-object']);
    await call('canary_absent', {});
    const { json, text } = await whenThere('actor=key_user', 4);
    const told = json.items.map(({ method, status, code, instance }: Record<string, unknown>) => [
      ...[method, status, code, instance],
    ]);
    expect(told).to.have.deep.members([
      ['echo', 200, undefined, 'Probe'],
      ['refuse', 502, 'UPSTREAM_REFUSED', 'Probe'],
      ['echo', 422, 'INPUT_INVALID', 'Probe'],
      ['canary_absent', 404, 'NOT_FOUND', undefined],
    ]);
    expect(text).not.to.contain('canary-');
    expect(json.items[0]).to.include({ object: 'Probe_Contact', credential: 'service:user' });
    expect(json.items[0].ms).to.be.within(0, 5_000);
  });

  it('gives them by outcome and page by page', async () => {
    const failed = await calls('outcome=failed&code=NOT_FOUND');
    expect(failed.json.items).to.have.length(1);
    const first = await calls('limit=1');
    const second = await calls(`limit=1&cursor=${first.json.next}`);
    expect(second.json.items[0]).not.to.deep.equal(first.json.items[0]);
    for (const query of ['outcome=odd', 'cursor=odd', 'since=yesterday', 'limit=0']) {
      expect((await calls(query)).json.code, query).to.equal('REQUEST_INVALID');
    }
  });

  it('shows a designer their own calls, and a user none', async () => {
    await call('echo', { id: 2 }, 'designer');
    await whenThere('actor=key_designer', 1);
    const { json } = await calls('actor=key_user', 'designer');
    expect(json.items.map(({ actor }: { actor: string }) => actor)).to.deep.equal(['key_designer']);
    expect((await calls('', 'user')).json.code).to.equal('FORBIDDEN');
  });

  it('forgets them when an admin says so, and notes who did', async () => {
    expect((await fixture.ask('/api/calls', { method: 'DELETE', as: 'designer' })).status).to.equal(403);
    expect((await fixture.ask('/api/calls', { method: 'DELETE', as: 'admin' })).status).to.equal(204);
    expect((await calls()).json.items).to.deep.equal([]);
    const { json } = await fixture.ask('/api/audit?action=calls.*&outcome=done&limit=1', { as: 'admin' });
    expect(json.items[0]).to.include({ actor: 'key_admin', action: 'calls.forgotten' });
  });

  it('gives the audit page by page', async () => {
    for (const name of ['One', 'Two', 'Three']) {
      await fixture.runtime.admin.save({ kind: 'User', name, roles: ['user'] }, localPrincipal);
    }
    const first = await fixture.ask('/api/audit?action=User.*&limit=2', { as: 'admin' });
    const second = await fixture.ask(`/api/audit?action=User.*&limit=2&cursor=${encodeURIComponent(first.json.next)}`, {
      as: 'admin',
    });
    const subjects = [first, second].flatMap(({ json }) =>
      json.items.map(({ subject }: { subject: string }) => subject),
    );
    expect(subjects).to.deep.equal(['Three', 'Two', 'One']);
    expect(second.json).not.to.have.property('next');
  });

  it('counts what happens to tokens', async () => {
    const { text } = await fixture.ask('/metrics');
    expect(text).to.contain('smartwright_token_events_total{event="connected"} 0');
  });
});
