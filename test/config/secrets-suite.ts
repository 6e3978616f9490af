import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { Secret } from '../../config/model/secret.js';
import type { MasterKey } from '../../config/model/settings.js';
import { storedSecret } from '../../config/model/stored-secret.js';
import type { OpenedStore } from '../../config/store/index.js';
import { rejection } from '../support/rejection.js';
import type { Place } from './place.js';
import { instance, resource, resourceType } from './samples.js';

const masterKey = (id: string): MasterKey => ({ id, key: new Secret(randomBytes(32).toString('base64')) });
const secretKeys = () => ['apiSecret', 'headers'];

export function secretsSuite(place: () => Place): void {
  describe('secrets', () => {
    let store: OpenedStore;
    beforeEach(async () => {
      store = await place().open({ secretKeys });
    });

    it('are shown as markers and revealed as they were', async () => {
      await store.resourceTypes.save(resourceType());
      const values = { client_id: 'app', client_secret: { token: 'one', refresh: 'two' } };
      const saved = await store.resources.save(resource({ values }));
      const shown = { client_id: 'app', client_secret: { token: storedSecret, refresh: storedSecret } };
      expect(saved.document.values).to.deep.equal(shown);
      expect((await store.resources.get('SalesforceProduction'))?.document.values).to.deep.equal(shown);
      expect((await store.resources.reveal('SalesforceProduction'))?.document.values).to.deep.equal(values);
    });

    it('stay when the document comes back with its markers, and change alone', async () => {
      await store.resources.save(resource());
      const shown = (await store.resources.get('SalesforceProduction'))?.document ?? resource();
      expect((await store.resources.save(shown)).changed).to.equal(false);
      expect((await store.resources.save({ ...shown, displayName: 'Production' })).version).to.equal(2);
      expect((await store.resources.reveal('SalesforceProduction'))?.document.values.client_secret).to.equal('s3cret');
      expect((await store.resources.save(resource({ displayName: 'Production' }))).changed).to.equal(false);
      const other = resource({ displayName: 'Production', values: { ...shown.values, client_secret: 'other' } });
      expect(await store.resources.save(other)).to.include({ changed: true, version: 3 });
    });

    it('must be given where none is stored', async () => {
      const values = { client_id: 'app', client_secret: storedSecret };
      const refused = await rejection(store.resources.save(resource({ values })), 'DOCUMENT_INVALID');
      expect(refused.fields.map(({ pointer }) => pointer)).to.deep.equal(['/values/client_secret']);
      expect(await store.resources.get('SalesforceProduction')).to.equal(undefined);
    });

    it('keep their place when parameters are reordered', async () => {
      const first = { name: 'first_secret', stages: { token: { default: 'one' } } };
      const second = { name: 'second_secret', stages: { token: { default: 'two' } } };
      await store.resourceTypes.save(resourceType({ parameters: [first, second] }));
      const shown = (await store.resourceTypes.get('Salesforce'))?.document ?? resourceType();
      await store.resourceTypes.save({ ...shown, parameters: [...shown.parameters].reverse() });
      const revealed = (await store.resourceTypes.reveal('Salesforce'))?.document;
      expect(revealed?.parameters).to.deep.equal([second, first]);
    });

    it('of a service key may be a text or an object', async () => {
      const keys = { descriptor: 'x', apiSecret: 'k', headers: { 'X-Key': 'v' } };
      const saved = await store.instances.save(instance({ keys }));
      expect(saved.document.keys).to.deep.equal({ descriptor: 'x', apiSecret: storedSecret, headers: storedSecret });
      expect((await store.instances.reveal('CRM'))?.document.keys).to.deep.equal(keys);
    });

    it('of one authentication are not carried over to another', async () => {
      const basic = { mode: 'static', scheme: 'basic', userName: 'u', password: 'p' } as const;
      await store.instances.save(instance({ authentication: basic }));
      const bearer = { mode: 'static', scheme: 'bearer', token: storedSecret } as const;
      await rejection(store.instances.save(instance({ authentication: bearer })), 'DOCUMENT_INVALID');
      expect((await store.instances.reveal('CRM'))?.document.authentication).to.deep.equal(basic);
    });

    it('are sealed when their parameter becomes one, and stay sealed when it is no more', async () => {
      await store.resourceTypes.save(resourceType());
      await store.resources.save(resource({ values: { client_id: 'app', audience: 'canary-audience' } }));
      const marked = (secret: boolean) =>
        resourceType({
          parameters: [
            { name: 'audience', secret, stages: { token: {} } },
            { name: 'client_id', stages: { token: {} } },
          ],
        });
      await store.resourceTypes.save(marked(true));
      const sealed = await store.resources.get('SalesforceProduction');
      expect(sealed?.document.values.audience).to.deep.equal(storedSecret);
      expect(sealed?.version).to.equal(1);
      await store.resourceTypes.save(marked(false));
      expect((await store.resources.get('SalesforceProduction'))?.document.values.audience).to.deep.equal(storedSecret);
      expect((await store.resources.reveal('SalesforceProduction'))?.document.values.audience).to.equal(
        'canary-audience',
      );
    });

    it('of every place are nowhere to be read', async () => {
      const canary = (name: string) => `canary-${name}`;
      const type = resourceType({
        parameters: [
          { name: 'client_secret', stages: { token: { default: canary('default') } } },
          { name: 'tenant', secret: true, stages: { token: {} } },
          { name: 'password', stages: { token: {} } },
          { name: 'client_assertion', stages: { token: {} } },
        ],
      });
      const values = {
        client_secret: canary('value'),
        tenant: { token: canary('flagged') },
        password: canary('password'),
        client_assertion: canary('assertion'),
      };
      const expiresAt = new Date(Date.now() + 60_000);
      const returned: unknown[] = [
        await store.resourceTypes.save(type),
        await store.resources.save(resource({ values })),
        await store.instances.save(
          instance({ keys: { apiSecret: canary('key'), headers: { 'X-Key': canary('header') } } }),
        ),
        await store.users.save({ kind: 'User', name: 'ada', roles: ['user'], password: canary('user') }),
        await store.apiKeys.save({
          kind: 'ApiKey',
          name: 'k',
          roles: ['user'],
          actsAs: { user: 'ada' },
          key: canary('api-key'),
        }),
        await store.tokens.save(
          {
            credential: 'user:ada',
            resource: 'SalesforceProduction',
            accessToken: new Secret(canary('access')),
            refreshToken: new Secret(canary('refresh')),
            tokenType: 'Bearer',
            issuedAt: new Date(),
            fields: { id_token: new Secret(canary('field')) },
          },
          'any',
        ),
        await store.authorizations.save({
          id: 'state',
          credential: 'user:ada',
          resource: 'SalesforceProduction',
          resourceVersion: 1,
          tokenEndpoint: 'https://login.example/token',
          redirectUri: 'http://localhost/',
          codeVerifier: new Secret(canary('verifier')),
          session: 's',
          expiresAt,
        }),
      ];
      const schemes = [
        { scheme: 'basic', userName: 'u', password: canary('basic') },
        { scheme: 'bearer', token: canary('bearer') },
        { scheme: 'header', name: 'X-Key', value: canary('static-header') },
        { scheme: 'query', name: 'key', value: canary('query') },
        { scheme: 'cookie', name: 'key', value: canary('cookie') },
      ] as const;
      for (const scheme of schemes) {
        returned.push(
          await store.instances.save(
            instance({ name: `S_${scheme.scheme}`, authentication: { mode: 'static', ...scheme } }),
          ),
        );
      }
      const repositories = [store.resourceTypes, store.resources, store.instances, store.users, store.apiKeys];
      for (const repository of repositories) returned.push(await repository.list());
      returned.push(await store.tokens.list(), await store.tokens.get('user:ada', 'SalesforceProduction'));

      expect(JSON.stringify(returned), 'what is returned').to.not.contain('canary');
      expect(await place().dump(), 'the database').to.not.contain('canary');
      expect(place().logged(), 'the log').to.not.contain('canary');
      expect((await store.resources.reveal('SalesforceProduction'))?.document.values).to.deep.equal(values);
      expect((await store.resourceTypes.reveal('Salesforce'))?.document).to.deep.equal(type);
    });

    it('are not in the error of a statement that failed', async () => {
      await store.close();
      const failed = await rejection(
        store.resources.save(resource({ values: { client_secret: 'canary' } })),
        'STORE_UNAVAILABLE',
      );
      expect(JSON.stringify([failed.message, failed.cause, failed.extensions]) + failed.stack).to.not.contain('canary');
    });
  });

  describe('master keys', () => {
    const old = masterKey('2029');
    const newest = masterKey('2030');

    it('are rotated without a moment in which something cannot be read', async () => {
      const before = await place().open({ masterKeys: [old] });
      await before.resources.save(resource());
      await before.authorizations.save({
        id: 'state',
        credential: 'user:ada',
        resource: 'SalesforceProduction',
        resourceVersion: 1,
        tokenEndpoint: 'https://login.example/token',
        redirectUri: 'http://localhost/',
        codeVerifier: new Secret('verifier'),
        session: 's',
        expiresAt: new Date(Date.now() + 60_000),
      });
      const both = await place().open({ masterKeys: [newest, old] });
      expect((await both.resources.reveal('SalesforceProduction'))?.document).to.deep.equal(resource());
      const rotated = { retired: ['2029'], unreadable: [], masterKey: '2030', made: false };
      expect(await both.rotateMasterKey()).to.deep.equal({ ...rotated, rows: 2 });
      expect(await both.rotateMasterKey()).to.deep.equal({ ...rotated, rows: 0 });
      const after = await place().open({ masterKeys: [newest] });
      expect((await after.resources.reveal('SalesforceProduction'))?.document).to.deep.equal(resource());
      expect((await after.authorizations.take('state', new Date()))?.codeVerifier?.reveal()).to.equal('verifier');
    });

    it('are rotated while others read and write, and a row that cannot be opened is told', async () => {
      const writer = await place().open({ masterKeys: [newest, old] });
      const stale = await place().open({ masterKeys: [old, newest] });
      const credentials = Array.from({ length: 250 }, (_, n) => `user:${n}` as const);
      const token = (credential: (typeof credentials)[number], access: string) =>
        ({
          credential,
          resource: 'crm',
          accessToken: new Secret(access),
          tokenType: 'Bearer',
          issuedAt: new Date(),
        }) as const;
      for (const credential of credentials) await stale.tokens.save(token(credential, 'before'), 'any');
      let rotating = true;
      const rotation = writer.rotateMasterKey().finally(() => {
        rotating = false;
      });
      for (let n = 0; rotating; n = (n + 1) % credentials.length) {
        const credential = credentials[n] ?? 'user:0';
        await stale.tokens.save(token(credential, 'meanwhile'), 'any');
        expect((await writer.tokens.get(credential, 'crm'))?.accessToken.reveal()).to.equal('meanwhile');
      }
      expect(await rotation).to.include({ masterKey: '2030', made: false });
      await writer.rotateMasterKey();
      const only = await place().open({ masterKeys: [newest] });
      for (const credential of credentials) {
        expect((await only.tokens.get(credential, 'crm'))?.accessToken.reveal()).to.be.oneOf(['before', 'meanwhile']);
      }
    });

    it('must be there and be the same: a start with another says so', async () => {
      await place().open({ masterKeys: [old] });
      const missing = await rejection(place().open({ masterKeys: [newest] }), 'SETTINGS_INVALID');
      expect(missing.message).to.contain('master key "2029"');
      const wrong = await rejection(place().open({ masterKeys: [masterKey('2029')] }), 'SETTINGS_INVALID');
      expect(wrong.message).to.contain('is not the key of that name');
      const lost = await rejection(place().open(), 'SETTINGS_INVALID');
      expect(lost.message).to.contain('restore the key file');
      await place().open({ masterKeys: [old] });
    });
  });
}
