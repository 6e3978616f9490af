import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readSettings } from '../../config/settings.js';
import { environmentVariable } from '../../runtime/cli/environment.js';
import { createRuntime, type Runtime } from '../../runtime/index.js';
import { createServer } from '../../runtime/server/index.js';
import { type AuthorizationServer, startAuthorizationServer } from '../authorization-server/index.js';
import { type Crm, startCrm } from '../crm/server.js';
import { type FormServer, startFormServer } from '../form/server.js';
import { type Invoicing, startInvoicing } from '../invoicing/server.js';
import { people } from './people.js';

/** Seconds that access tokens live: short, so that nobody waits long to see one refreshed. */
export const ACCESS_TOKEN_TTL = 6;

/** Everything that the demo runs. */
export interface World {
  /** The data folder; a fresh one is removed at the end. */
  readonly data: string;
  readonly smartwright: string;
  readonly runtime: Runtime;
  readonly authorizationServer: AuthorizationServer;
  readonly crm: Crm;
  readonly invoicing: Invoicing;
  readonly form: FormServer;
  /** What `samples/smartwright.yaml` takes from the environment. */
  readonly variables: Readonly<Record<string, string>>;
  readonly passwords: { readonly admin: string; readonly designer: string; readonly alice: string };
  readonly workflowKey: string;
  close(): Promise<void>;
}

/** Starts all servers on free ports of the loopback interface. What was started is closed again when one fails. */
export async function startWorld(): Promise<World> {
  const closers: (() => Promise<unknown>)[] = [];
  const opened = <T extends { close(): Promise<unknown> }>(thing: T): T => {
    closers.unshift(() => thing.close());
    return thing;
  };
  const close = async () => {
    for (const closer of closers.splice(0)) await closer();
  };
  try {
    return { ...(await start(opened, closers)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(
  opened: <T extends { close(): Promise<unknown> }>(thing: T) => T,
  closers: (() => Promise<unknown>)[],
): Promise<Omit<World, 'close'>> {
  const data = await dataFolder(closers);
  const secrets = { client: secret(), reports: secret(), workflow: secret() };
  const passwords = { admin: secret(9), designer: secret(9), alice: 'wonderland' };

  const form = opened(await startFormServer());
  const settings = readSettings(undefined, {
    data,
    port: 0,
    allowedOrigins: [form.origin],
    logLevel: 'error',
    limits: { shutdownTimeout: 1_000 },
  });
  const runtime = opened(await createRuntime(settings));
  const server = opened(createServer(runtime));
  const { url } = await server.listen();

  const authorizationServer = opened(
    await startAuthorizationServer({
      clients: [
        { clientId: 'smartwright', clientSecret: secrets.client },
        { clientId: 'smartwright-reports', clientSecret: secrets.reports, grant: 'client_credentials' },
      ],
      redirectUris: [`${url}/identity/token/oauth/2`],
      accessTokenTtl: ACCESS_TOKEN_TTL,
      people,
    }),
  );
  const crm = opened(await startCrm(authorizationServer));
  const invoicing = opened(await startInvoicing(authorizationServer));

  return {
    data,
    smartwright: url,
    runtime,
    authorizationServer,
    crm,
    invoicing,
    form,
    passwords,
    workflowKey: secrets.workflow,
    variables: {
      SAMPLE_ISSUER: authorizationServer.issuer,
      SAMPLE_CRM_URL: crm.url,
      SAMPLE_INVOICING_URL: invoicing.url,
      SAMPLE_CLIENT_SECRET: secrets.client,
      SAMPLE_REPORTS_SECRET: secrets.reports,
      SAMPLE_ADMIN_PASSWORD: passwords.admin,
      SAMPLE_DESIGNER_PASSWORD: passwords.designer,
      SAMPLE_ALICE_PASSWORD: passwords.alice,
      SAMPLE_WORKFLOW_KEY: secrets.workflow,
    },
  };
}

/** The folder that `SMARTWRIGHT_DATA` names, or a fresh one. */
async function dataFolder(closers: (() => Promise<unknown>)[]): Promise<string> {
  const given = environmentVariable('SMARTWRIGHT_DATA');
  if (given !== undefined && given !== '') {
    await mkdir(given, { recursive: true });
    return resolve(given);
  }
  const fresh = await mkdtemp(join(tmpdir(), 'smartwright-demo-'));
  closers.unshift(() => rm(fresh, { recursive: true, force: true }));
  return fresh;
}

const secret = (bytes = 32): string => randomBytes(bytes).toString('base64url');
