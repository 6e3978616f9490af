import { expect } from 'chai';
import type { AdminDocument } from '../../config/model/admin-document.js';
import type { SmartwrightError } from '../../config/model/errors.js';
import type { Preset } from '../../config/model/preset.js';
import { fillFromPreset, presetDocuments, presets } from '../../config/presets/index.js';
import { checkResourceAgainstType, validateDocument } from '../../config/schema/index.js';
import { presetSchema } from '../../config/schema/preset.js';
import { documentCheck } from '../../config/schema/validator.js';
import type { StoredToken } from '../../config/store/store.js';
import { applyDocuments } from '../../runtime/admin/apply.js';
import { type Save, savers } from '../../runtime/admin/save.js';
import { localPrincipal } from '../../runtime/local-principal.js';
import { preview } from '../../runtime/oauth/preview.js';
import { callbackUrl, dataFolder, type Node, person, startNode } from './installation.js';
import { rsaCertificate, rsaPrivateKey } from './signing-keys.js';
import { type Deviations, deviations } from './simulator/deviations.js';
import { type Simulator, startSimulator } from './simulator/simulator.js';

/** The document that an admin writes. */
const documentFor = (preset: string, { given }: Deviations, changes: object = {}): object => ({
  kind: 'OAuthResource',
  name: 'crm',
  preset,
  ...given,
  allowedHosts: ['127.0.0.1'],
  ...(preset === 'sap-successfactors'
    ? { signingKey: { privateKey: rsaPrivateKey, certificate: rsaCertificate } }
    : {}),
  ...changes,
});

async function apply({ store }: Node, ...documents: object[]): Promise<string[]> {
  const saver = {
    save: (document: unknown) => {
      const { kind } = document as Exclude<AdminDocument, { kind: 'ServiceInstance' }>;
      return (savers[kind] as Save<AdminDocument>)(store, document as AdminDocument);
    },
  };
  const saved = await applyDocuments(saver, documents, localPrincipal);
  return saved.map(({ kind, name }) => `${kind} ${name}`);
}

function failureOf(work: () => unknown): SmartwrightError {
  try {
    work();
  } catch (error) {
    return error as SmartwrightError;
  }
  throw new Error('it did not fail');
}

async function rejectionOf(work: Promise<unknown>): Promise<SmartwrightError> {
  return work.then(
    () => expect.fail('it did not fail'),
    (error) => error,
  );
}

describe('A preset', () => {
  const all = [...presets().values()];

  it('is there for every provider that the simulator plays, and for no other', () => {
    expect(all.map(({ name }) => name)).to.deep.equal(Object.keys(deviations).toSorted((a, b) => (a < b ? -1 : 1)));
    expect(all).to.have.length(27);
  });

  for (const preset of all) {
    it(`${preset.name} is valid, names the provider's page, and makes valid documents`, () => {
      expect(documentCheck(presetSchema)(preset)).to.deep.equal([]);
      const { resourceType, resource } = presetDocuments(preset);
      const known = preset.resourceType.parameters.map(({ name }) => name);
      expect(known).to.include.members([...preset.required]);
      validateDocument(resourceType);
      const text = JSON.stringify(resource).replace(/\$\{env:\w*RESOURCE\}/g, 'https://api.example');
      const given = JSON.parse(text.replace(/\$\{env:(\w+)\}/g, 'given-$1'));
      if ('signingKey' in given) given.signingKey = { privateKey: rsaPrivateKey, certificate: rsaCertificate };
      checkResourceAgainstType(validateDocument(given) as typeof resource, resourceType);
      expect(preview(resourceType, given, callbackUrl)).to.not.be.empty;
    });
  }

  it('that is broken is told by its schema', () => {
    const check = documentCheck(presetSchema);
    const [salesforce] = all.filter(({ name }) => name === 'salesforce') as [Preset];
    expect(check({ ...salesforce, documentation: 'the manual' })).to.not.be.empty;
    expect(check({ ...salesforce, resource: {} })).to.not.be.empty;
    expect(check({ ...salesforce, resourceType: { parameters: [{ name: 'a b', stages: {} }] } })).to.not.be.empty;
  });
});

describe('A document with a preset', () => {
  const values = { client_id: 'a', client_secret: 'b' };

  it('says all that it lacks, by place and what to do', () => {
    const error = failureOf(() => fillFromPreset({ name: 'crm', preset: 'auth0', values: { client_id: 'a' } }));
    expect(error.code).to.equal('DOCUMENT_INVALID');
    expect(error.fields.map(({ pointer }) => pointer)).to.deep.equal(['/values/client_secret', '/values/audience']);
    expect(error.message).to.contain('values.audience is missing; the preset auth0 needs it.');
  });

  it('says which placeholder is missing, and what it is', async () => {
    const folder = await dataFolder();
    const node = await startNode(folder.path);
    try {
      const error = await rejectionOf(apply(node, { name: 'shop', preset: 'zendesk', values }));
      expect(error.message).to.match(
        /\{subdomain\} \(.*before \.zendesk\.com\) has no value; give placeholders\.subdomain, such as acme/,
      );
      expect(error.fields[0]?.pointer).to.equal('/placeholders/subdomain');
    } finally {
      await node.close();
      await folder.remove();
    }
  });

  it('that there is not names the one that was meant', () => {
    expect(failureOf(() => fillFromPreset({ preset: 'sales-force' })).message).to.contain('Did you mean "salesforce"?');
    expect(failureOf(() => fillFromPreset({ preset: 7 })).message).to.contain('There are ad-fs, ');
    expect(failureOf(() => fillFromPreset({ preset: '__proto__' })).code).to.equal('DOCUMENT_INVALID');
    expect(failureOf(() => fillFromPreset({ kind: 'User', preset: 'x', name: 'u' })).message).to.contain(
      'a User has no preset',
    );
  });

  it('wins over the preset in what it says itself, and takes values, placeholders and parameters together by name', () => {
    const tokenEndpoint = 'https://own.example/token';
    const placeholders = { login: 'test.salesforce.com' };
    const { document, type } = fillFromPreset({
      name: 'crm',
      preset: 'salesforce',
      tokenEndpoint,
      placeholders,
      values,
    });
    expect(document).to.deep.include({
      kind: 'OAuthResource',
      type: 'salesforce',
      tokenEndpoint,
      placeholders,
      values,
    });
    expect(document).to.not.have.property('preset');
    expect(type).to.include({ kind: 'OAuthResourceType', name: 'salesforce' });
    const parameters = [
      { name: 'scope', stages: { authorization: { default: 'id' } } },
      { name: 'display', stages: { authorization: {} } },
    ];
    const own = { kind: 'OAuthResourceType', name: 'mine', preset: 'salesforce', pkce: 'off', parameters };
    const filled = fillFromPreset(own).document as { parameters: { name: string; stages: object }[] };
    expect(validateDocument(filled)).to.include({ name: 'mine', pkce: 'off' });
    expect(filled.parameters.map(({ name }) => name)).to.deep.equal([
      'client_id',
      'client_secret',
      'prompt',
      'scope',
      'display',
    ]);
    expect(filled.parameters[3]?.stages).to.deep.equal({ authorization: { default: 'id' } });
  });

  it('that names its type brings none; without a preset it stays as it is', () => {
    expect(fillFromPreset({ name: 'crm', preset: 'salesforce', type: 'mine' })).to.not.have.property('type');
    const plain = { kind: 'User', name: 'alice' };
    expect(fillFromPreset(plain).document).to.equal(plain);
    expect(fillFromPreset('text').document).to.equal('text');
  });
});

describe('A provider', () => {
  for (const [name, provider] of Object.entries(deviations)) {
    describe(name, () => {
      let simulator: Simulator;
      let node: Node;
      let folder: Awaited<ReturnType<typeof dataFolder>>;

      before(async () => {
        simulator = await startSimulator(provider);
        folder = await dataFolder();
        node = await startNode(folder.path, undefined, (upstream) => simulator.redirected(upstream));
        const alice = { kind: 'User', name: 'alice', roles: ['user'] };
        const applied = await apply(node, documentFor(name, provider), alice);
        expect(applied).to.include('OAuthResource crm').and.to.have.length(3);
      });
      after(async () => {
        await node.close();
        await simulator.close();
        await folder.remove();
      });

      const stored = async (): Promise<StoredToken> => {
        const owner = (await node.store.tokens.list()).find(({ resource }) => resource === 'crm');
        if (owner === undefined) throw new Error('no token is stored');
        return (await node.store.tokens.get(owner.credential, 'crm')) ?? expect.fail('no token');
      };
      const begin = () => node.oauth.consent.begin({ resource: 'crm', credential: person, session: 's' });
      const secondsTo = (date: Date | undefined) => Math.round(((date?.getTime() ?? Number.NaN) - Date.now()) / 1000);
      const expectToken = async () => {
        const token = await stored();
        expect(token.accessToken.reveal()).to.equal(simulator.issued.at(-1));
        expect((await node.oauth.get('crm', person)).header.reveal()).to.equal(`Bearer ${simulator.issued.at(-1)}`);
        expect(token.refreshToken?.reveal()).to.equal(simulator.refreshTokens.at(-1));
        if (provider.lifetime === undefined) expect(token.expiresAt).to.equal(undefined);
        else expect(secondsTo(token.expiresAt)).to.be.closeTo(provider.lifetime, 60);
        if (provider.refreshLifetime !== undefined)
          expect(secondsTo(token.refreshExpiresAt)).to.be.closeTo(provider.refreshLifetime, 60);
        const [field = '', value = undefined] = provider.field ?? [];
        expect(token.fields?.[field]?.reveal()).to.equal(value);
      };

      it('issues a token', async () => {
        if (provider.authorize === undefined) await node.oauth.get('crm', person);
        else await node.oauth.consent.complete((await simulator.consent(await begin())).searchParams, 's');
        expect(simulator.faults).to.deep.equal([]);
        await expectToken();
      });

      if (provider.refresh !== undefined) {
        it('refreshes it, and again', async () => {
          const asked = simulator.tokenRequests;
          for (const turn of [1, 2]) {
            await node.oauth.refresh('crm', person);
            expect(simulator.faults).to.deep.equal([]);
            expect(simulator.tokenRequests).to.equal(asked + turn);
            await expectToken();
          }
          expect(new Set(simulator.issued)).to.have.length(simulator.issued.length);
        });
      }

      if (provider.authorize !== undefined) {
        it('refuses a code in its own way, which is told', async () => {
          const back = await simulator.consent(await begin());
          back.searchParams.set('code', 'forged');
          const error = await rejectionOf(node.oauth.consent.complete(back.searchParams, 's'));
          expect(error.code).to.equal('TOKEN_REFUSED');
          expect(error.extensions.oauthError).to.equal(provider.refusal?.code ?? 'invalid_grant');
        });
      }

      if (provider.refresh !== undefined) {
        it('knows when a consent is over, and asks no more', async () => {
          simulator.end();
          expect((await rejectionOf(node.oauth.refresh('crm', person))).code).to.equal('RECONNECT_REQUIRED');
          const asked = simulator.tokenRequests;
          expect((await rejectionOf(node.oauth.get('crm', person))).code).to.equal('RECONNECT_REQUIRED');
          expect(simulator.tokenRequests).to.equal(asked);
        });
      }

      it('leaves no secret in the log', () => {
        const secrets = [...simulator.issued, ...simulator.refreshTokens, 'canary-secret-of-the-client'];
        const logged = node.logged.join('\n');
        expect(secrets.filter((secret) => logged.includes(secret))).to.deep.equal([]);
      });
    });
  }

  it('that is held against another preset finds the faults', async () => {
    const simulator = await startSimulator(deviations.zoom as Deviations);
    const folder = await dataFolder();
    const node = await startNode(folder.path, undefined, (upstream) => simulator.redirected(upstream));
    try {
      const tokenEndpoint = 'https://zoom.us/oauth/token';
      const own = { authorizationEndpoint: 'https://zoom.us/oauth/authorize', tokenEndpoint };
      await apply(node, documentFor('google', deviations.zoom as Deviations, own));
      const url = await node.oauth.consent.begin({ resource: 'crm', credential: person, session: 's' });
      await node.oauth.consent.complete((await simulator.consent(url)).searchParams, 's');
      expect(simulator.faults.join('\n')).to.contain('scope must be').and.contain('must authenticate by Basic');
    } finally {
      await node.close();
      await simulator.close();
      await folder.remove();
    }
  });
});
