import { expect } from 'chai';
import { runCli } from './run-cli.js';
import { temporaryFolder } from './temporary-folder.js';

describe('smartwright preset', () => {
  const folder = temporaryFolder();
  const data = () => ['--data', folder.path('data')];

  it('lists the providers for a person and as JSON', async () => {
    const { presets } = (await runCli(['preset', 'list', '--json'])).json() as { presets: { name: string }[] };
    expect(presets).to.have.length(27);
    expect(presets).to.deep.include({
      name: 'shopify',
      title: 'Shopify',
      documentation:
        'https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/authorization-code-grant',
      required: ['client_id', 'client_secret', 'scope'],
      placeholders: ['shop'],
    });
    expect((await runCli(['preset', 'list'])).stdout).to.match(/^tiktok +TikTok +client_key, client_secret, scope$/m);
  });

  it('shows one as documents that apply takes, what to know on stderr', async () => {
    const shown = await runCli(['preset', 'show', 'shopify']);
    expect(shown.code).to.equal(0);
    expect(shown.stderr).to.contain('https://shopify.dev/').and.contain('expire after 1 hour');
    expect(shown.stdout).to.contain(`shop: \${env:SHOPIFY_SHOP}`);
    const file = folder.write('shopify.yaml', shown.stdout.replace(/\$\{env:SHOPIFY_(\w+)\}/g, 'my-$1'));
    const applied = await runCli(['apply', file, ...data(), '--json']);
    expect(applied.json()).to.have.nested.property('applied.length', 2);
    const json = (await runCli(['preset', 'show', 'shopify', '--json'])).json();
    expect(json).to.have.nested.property('documents.resource.type', 'shopify');
  });

  it('applies a document that names a preset, its type with it, and finds it unchanged afterwards', async () => {
    const document = `kind: OAuthResource\nname: crm\npreset: salesforce\nvalues: { client_id: a, client_secret: b }\n`;
    const file = folder.write('crm.yaml', `${document}---\n${document.replace('crm', 'crm2')}`);
    const rehearsed = (await runCli(['apply', file, ...data(), '--dry-run', '--json'])).json();
    expect(rehearsed).to.have.nested.property('changes.length', 3);
    const { applied } = (await runCli(['apply', file, ...data(), '--json'])).json() as { applied: object[] };
    expect(applied.map((saved) => Object.values(saved).slice(0, 3).join(' '))).to.have.length(3);
    expect(applied[0]).to.include({ kind: 'OAuthResourceType', name: 'salesforce', outcome: 'created' });
    const again = (await runCli(['apply', file, ...data(), '--json'])).json() as { applied: { outcome: string }[] };
    expect(again.applied[0]?.outcome).to.equal('unchanged');
    const exported = (await runCli(['export', ...data()])).stdout;
    expect(exported).to.contain('tokenEndpoint: https://{login}/services/oauth2/token').and.not.contain('preset:');
  });

  it('says at file and line what a document lacks', async () => {
    const file = folder.write(
      'lacking.yaml',
      '# Ours\nkind: OAuthResource\nname: shop\npreset: shopify\nvalues: { client_id: a }\n',
    );
    const ran = await runCli(['apply', file, ...data()]);
    expect(ran.code).to.equal(1);
    expect(ran.stderr)
      .to.contain('lacking.yaml:5')
      .and.contain('values.client_secret is missing; the preset shopify needs it');
    const wrong = folder.write('wrong.yaml', 'kind: OAuthResource\nname: shop\npreset: shopfy\n');
    expect((await runCli(['apply', wrong, ...data()])).stderr)
      .to.contain('wrong.yaml:3')
      .and.contain('Did you mean "shopify"?');
    expect((await runCli(['preset', 'show', 'shopfy'])).stderr).to.contain('Did you mean "shopify"?');
  });
});
