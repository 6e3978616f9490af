import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { type FullProvider, startFullProvider } from '../oauth/provider.js';
import { runCli } from './run-cli.js';
import { temporaryFolder } from './temporary-folder.js';

describe('smartwright oauth import, and auth login --device', () => {
  const folder = temporaryFolder();
  let provider: FullProvider;
  before(async () => {
    provider = await startFullProvider({
      extend: (made) =>
        made.use(async (ctx, next) => {
          await next();
          // Alice allows each device as soon as it shows its code.
          const { user_code: userCode } = (ctx.body ?? {}) as { user_code?: string };
          if (userCode !== undefined) await provider.approveDevice(userCode);
        }),
    });
  });
  after(() => provider.close());
  const imported = (...args: string[]) => runCli(['oauth', 'import', provider.issuer, '--name', 'login', ...args]);

  it('prints YAML that apply takes, and says on stderr what the provider lacks', async () => {
    const { code, stdout, stderr } = await imported('--client-id', 'device', '--allow-host', '127.0.0.1');
    expect(code).to.equal(0);
    expect(stderr).to.contain('warning: ').and.contain('without TLS');
    expect(stdout).to.contain('kind: OAuthResourceType').and.contain(`tokenEndpoint: ${provider.tokenEndpoint}`);
    const file = folder.write('login.yaml', stdout);
    process.env.LOGIN_CLIENT_SECRET = 'not-used-here';
    const applied = await runCli(['apply', file, '--data', folder.path('data'), '--json']);
    delete process.env.LOGIN_CLIENT_SECRET;
    expect(applied.code, applied.stderr).to.equal(0);
    const { applied: saved } = applied.json() as { applied: { kind: string }[] };
    expect(saved.map(({ kind }) => kind)).to.deep.equal(['OAuthResourceType', 'OAuthResource']);
  });

  it('prints one JSON document with --json', async () => {
    const { json, code } = await imported('--json');
    expect(code).to.equal(0);
    expect(json()).to.include.all.keys('resourceType', 'resource', 'scopes', 'warnings');
  });

  it('fails with what is wrong for another issuer', async () => {
    const { code, stderr } = await runCli(['oauth', 'import', `${provider.issuer}/tenant`]);
    expect(code).to.equal(1);
    expect(stderr).to.contain('There is no provider metadata');
  });

  it('gives consent on another device, without a server and without a browser', async function () {
    this.timeout(60_000);
    const data = ['--data', folder.path('device')];
    const stages = { authorization: {}, token: {}, refresh: {} };
    const documents = [
      {
        kind: 'OAuthResourceType',
        name: 'device',
        grant: 'device_code',
        parameters: [
          { name: 'client_id', stages },
          { name: 'client_secret', secret: true, stages: { token: {}, refresh: {} } },
          { name: 'scope', stages: { authorization: { default: 'crm.read' } } },
        ],
      },
      {
        kind: 'OAuthResource',
        name: 'crm',
        type: 'device',
        tokenEndpoint: provider.tokenEndpoint,
        deviceAuthorizationEndpoint: provider.deviceAuthorizationEndpoint,
        values: { client_id: 'device', client_secret: 'canary-client-secret-0123456789' },
        allowedHosts: ['127.0.0.1'],
      },
    ];
    for (const [index, document] of documents.entries()) {
      const file = folder.write(`device-${index}.json`, JSON.stringify(document));
      expect((await runCli(['apply', file, ...data])).code).to.equal(0);
    }
    const login = await runCli(['auth', 'login', 'crm', '--device', '--as', 'service:nightly', '--json', ...data]);
    expect(login.code, login.stderr).to.equal(0);
    expect(login.json()).to.deep.equal({ status: 'authorized', resource: 'crm', credential: 'service:nightly' });
    expect(login.stderr)
      .to.contain(`${provider.issuer}/device`)
      .and.match(/the code [A-Z]{4}-[A-Z]{4}/);
    const status = await runCli(['auth', 'status', '--json', ...data]);
    const { tokens } = status.json() as { tokens: object[] };
    expect(tokens).to.have.length(1);
    expect(tokens[0]).to.include({ resource: 'crm', credential: 'service:nightly', refreshable: true });
    expect(login.stderr + login.stdout + status.stdout).to.not.contain('canary');
    expect(await readFile(folder.path('device-1.json'), 'utf8')).to.contain('canary');
  });

  describe('then', () => {
    const ours = ['--as', 'service:nightly', '--json'];
    const run = (...args: string[]) => runCli(['auth', ...args, '--data', folder.path('device')]);

    it('auth refresh has the provider give another token', async () => {
      const before = provider.counts().refresh_token ?? 0;
      const refreshed = await run('refresh', 'crm', ...ours);
      expect(refreshed.code, refreshed.stderr).to.equal(0);
      expect(refreshed.json()).to.deep.equal({ resource: 'crm', credential: 'service:nightly', refreshed: true });
      expect(provider.counts().refresh_token).to.equal(before + 1);
    });

    it('auth trace shows what was asked and answered, without a secret', async () => {
      const listed = await run('trace', 'crm', '--json');
      expect(listed.code, listed.stderr).to.equal(0);
      const { traces } = listed.json() as { traces: { flow: string; outcome: string; steps: object[] }[] };
      expect(traces.map(({ flow, outcome }) => `${flow} ${outcome}`)).to.include.members([
        'refresh done',
        'device done',
      ]);
      expect(traces[0]?.steps).to.have.nested.property('[0].answer.status', 200);
      expect(listed.stdout).to.contain('"grant_type"').and.not.contain('canary');
      const told = await run('trace', 'crm', '--limit', '1');
      expect(told.stdout).to.match(/refresh\s+crm\s+service:nightly\s+done in \d+ ms/);
      expect(told.stdout).to.contain('client_secret: [secret]').and.contain('answered 200');
    });

    it('auth rotate-keys wraps every secret anew, and the token can still be refreshed', async () => {
      const key = await readFile(join(folder.path('device'), 'master.key'), 'utf8');
      const rotated = await run('rotate-keys', '--json');
      expect(rotated.code, rotated.stderr).to.equal(0);
      expect(rotated.json()).to.deep.include({ made: true, unreadable: [] });
      expect(await readFile(join(folder.path('device'), 'master.key'), 'utf8')).to.not.equal(key);
      expect((await run('refresh', 'crm', ...ours)).code).to.equal(0);
    });

    it('auth revoke deletes the token, once', async () => {
      expect((await run('revoke', 'crm', ...ours)).json()).to.include({ deleted: true });
      expect(await run('revoke', 'crm', ...ours)).to.include({ code: 1 });
      expect((await run('status', '--json')).json()).to.deep.equal({ tokens: [] });
    });
  });
});
