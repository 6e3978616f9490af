import { expect } from 'chai';
import { completeSettings, environmentValue, readSettings } from '../../config/settings.js';
import { refusal } from '../support/rejection.js';

const key = Buffer.alloc(32, 7).toString('base64');

describe('the settings', () => {
  it('have defaults for everything', () => {
    expect(readSettings({})).to.deep.equal({
      data: './.smartwright',
      host: '127.0.0.1',
      port: 8085,
      allowedOrigins: [],
      allowedHosts: [],
      brokers: [],
      extensions: [],
      logLevel: 'info',
      limits: {
        requestBytes: 16_777_216,
        answerBytes: 33_554_432,
        streamBytes: 4_294_967_296,
        descriptorBytes: 134_217_728,
        upstreamTimeout: 30_000,
        shutdownTimeout: 10_000,
        recentCalls: 20_000,
        recentCallDays: 30,
      },
    });
  });

  it('are read from the environment', () => {
    const settings = readSettings({
      SMARTWRIGHT_DATA: '/srv/data',
      SMARTWRIGHT_DATABASE_URL: 'postgres://u:p@db/smartwright',
      SMARTWRIGHT_HOST: '0.0.0.0',
      SMARTWRIGHT_PORT: '0',
      SMARTWRIGHT_PUBLIC_URL: 'https://apps.example/smartwright/',
      SMARTWRIGHT_MASTER_KEY: `new:${key}, old:${key}`,
      SMARTWRIGHT_ALLOWED_ORIGINS: 'https://a.example, http://localhost:3000/',
      SMARTWRIGHT_ALLOWED_HOSTS: 'crm.local:8443,*.corp, 10.0.0.0/8',
      SMARTWRIGHT_BROKERS: './brokers/my broker.js, @acme/broker',
      SMARTWRIGHT_LOG: 'Debug',
      SMARTWRIGHT_UPSTREAM_TIMEOUT: '5000',
    });
    expect(settings).to.deep.include({
      data: '/srv/data',
      host: '0.0.0.0',
      port: 0,
      publicUrl: 'https://apps.example/smartwright',
      allowedOrigins: ['https://a.example', 'http://localhost:3000'],
      allowedHosts: ['crm.local:8443', '*.corp', '10.0.0.0/8'],
      brokers: ['./brokers/my broker.js', '@acme/broker'],
      logLevel: 'debug',
    });
    expect(settings.databaseUrl?.reveal()).to.equal('postgres://u:p@db/smartwright');
    expect(settings.masterKeys?.map(({ id }) => id)).to.deep.equal(['new', 'old']);
    expect(settings.limits.upstreamTimeout).to.equal(5_000);
    expect(JSON.stringify(settings)).to.not.contain('u:p@db').and.not.contain(key);
  });

  it('know a webhook by its URL and its secret, and take neither alone', () => {
    const SMARTWRIGHT_WEBHOOK_URL = 'https://ops.example/hook';
    const SMARTWRIGHT_WEBHOOK_SECRET = `whsec_${key}`;
    const { webhook } = readSettings({ SMARTWRIGHT_WEBHOOK_URL, SMARTWRIGHT_WEBHOOK_SECRET });
    expect(webhook?.url).to.equal(SMARTWRIGHT_WEBHOOK_URL);
    expect(webhook?.secret.reveal()).to.equal(SMARTWRIGHT_WEBHOOK_SECRET);
    for (const [environment, named] of [
      [{ SMARTWRIGHT_WEBHOOK_URL }, 'SMARTWRIGHT_WEBHOOK_SECRET is not set'],
      [{ SMARTWRIGHT_WEBHOOK_SECRET }, 'SMARTWRIGHT_WEBHOOK_URL is not set'],
      [{ SMARTWRIGHT_WEBHOOK_URL, SMARTWRIGHT_WEBHOOK_SECRET: 'short' }, 'is too short'],
      [{ SMARTWRIGHT_WEBHOOK_URL: 'ftp://x/', SMARTWRIGHT_WEBHOOK_SECRET }, 'is not a URL'],
    ] as const) {
      expect(refusal(() => readSettings(environment)).message).to.contain(named);
    }
  });

  it('take what a program gives over the environment, and an empty variable as not set', () => {
    const environment = { SMARTWRIGHT_PORT: '1', SMARTWRIGHT_HOST: ' ', SMARTWRIGHT_DATA: 'a' };
    const settings = readSettings(environment, { port: 2, limits: { requestBytes: 3 } });
    expect(settings).to.include({ port: 2, host: '127.0.0.1', data: 'a' });
    expect(settings.limits).to.include({ requestBytes: 3, upstreamTimeout: 30_000 });
    expect(completeSettings({ port: 0 })).to.deep.equal(readSettings({}, { port: 0 }));
  });

  const faults: readonly [string, string, string][] = [
    ['SMARTWRIGHT_PORT', '65536', 'is not a port'],
    ['SMARTWRIGHT_PORT', '80a', 'is not a port'],
    ['SMARTWRIGHT_HOST', 'a b', 'is not a host name'],
    ['SMARTWRIGHT_PUBLIC_URL', 'apps.example', 'is not the URL of a server'],
    ['SMARTWRIGHT_PUBLIC_URL', 'https://a.example/?x=1', 'is not the URL of a server'],
    ['SMARTWRIGHT_DATABASE_URL', 'mysql://canary', 'is not a PostgreSQL URL'],
    ['SMARTWRIGHT_MASTER_KEY', 'canary', 'id:base64'],
    ['SMARTWRIGHT_MASTER_KEY', 'k:Y2FuYXJ5', '32 bytes'],
    ['SMARTWRIGHT_MASTER_KEY', `k:${key},k:${key}`, 'given twice'],
    ['SMARTWRIGHT_ALLOWED_ORIGINS', 'https://a.example/path', 'is not an origin'],
    ['SMARTWRIGHT_ALLOWED_HOSTS', 'https://a.example', 'is not a host'],
    ['SMARTWRIGHT_LOG', 'loud', 'is not a log level'],
    ['SMARTWRIGHT_ANSWER_BYTES', '-1', 'is not a whole number'],
    ['SMARTWRIGHT_UPSTREAM_TIMEOUT', '30s', 'is not a whole number'],
  ];
  for (const [variable, text, fault] of faults) {
    it(`refuse ${variable}=${text}`, () => {
      const refused = refusal(() => readSettings({ [variable]: text }), 'SETTINGS_INVALID');
      expect(refused.message)
        .to.contain(variable)
        .and.contain(fault)
        .and.not.contain('canary')
        .and.not.contain('Y2FuYXJ5');
    });
  }

  it('give the value of a variable that a document refers to', () => {
    expect(environmentValue('CLIENT_SECRET', { CLIENT_SECRET: 's' })).to.equal('s');
    expect(refusal(() => environmentValue('CLIENT_SECRET', {}), 'SETTINGS_INVALID').message).to.contain(
      'CLIENT_SECRET is not set',
    );
  });
});
