import type { TokenErrorKind } from '../../../config/model/token-error.js';
import type { Store, TokenSummary } from '../../../config/store/store.js';
import type { Runtime } from '../../runtime.js';
import type { Check } from './diagnose.js';

/** Whether each service instance has a description, and a service type that is there. */
export async function checkDescriptions({ store, brokers }: Pick<Runtime, 'store' | 'brokers'>): Promise<Check[]> {
  const instances = await store.instances.list();
  return Promise.all(
    instances.map(async ({ document: { name, type } }): Promise<Check> => {
      const check = `instance ${name}`;
      if (!brokers.has(type)) {
        const remedy = 'Name the module of its broker in SMARTWRIGHT_BROKERS, or delete the instance.';
        return { name: check, state: 'failed', found: `there is no service type "${type}"`, remedy };
      }
      const summary = await store.descriptions.summary(name);
      const remedy = `Run: smartwright instance refresh ${name}`;
      if (summary === undefined) return { name: check, state: 'failed', found: 'it was never described', remedy };
      const skipped = summary.diagnostics.filter(({ severity }) => severity === 'skipped').length;
      const found = `${summary.methods} methods of ${summary.operations} operations, described ${summary.describedAt}`;
      if (skipped === 0) return { name: check, state: 'ok', found };
      const look = `smartwright instance show ${name} says which and why.`;
      return { name: check, state: 'warning', found: `${found}; ${skipped} skipped`, remedy: look };
    }),
  );
}

/** Whether each stored token still works, as far as can be told without using it. */
export async function checkTokens(store: Store, now = new Date()): Promise<Check[]> {
  return (await store.tokens.list()).map((token) => ({
    name: `token ${token.resource} of ${token.credential}`,
    ...judge(token, now),
  }));
}

const remedies: { readonly [Kind in TokenErrorKind]: string } = {
  consent: 'Give the consent again.',
  client: 'Check the client id, the secret and the grants of the application at the provider.',
  configuration: 'Compare the preview of the requests with the documentation of the provider.',
  busy: 'Wait: the provider asks to.',
  unreachable: 'Check the endpoints of the OAuth resource and the network.',
};

function judge(
  { resource, credential, state, expiresAt, refreshable, lastError }: TokenSummary,
  now: Date,
): Omit<Check, 'name'> {
  const login = `Run: smartwright auth login ${resource} --as ${credential}`;
  if (state === 'reconnect-required') {
    return { state: 'failed', found: `reconnect required (${lastError?.code ?? 'expired'})`, remedy: login };
  }
  if (state === 'expiring') return { state: 'warning', found: 'the consent comes to its end', remedy: login };
  if (state === 'retrying' && lastError !== undefined) {
    const { count, message, kind } = lastError;
    const found = `the last renewal failed, ${count} in a row: ${message}`;
    return { state: 'warning', found, remedy: remedies[kind] };
  }
  if (state === 'revoked') return { state: 'ok', found: 'deleted; the provider is still to be told' };
  const expired = expiresAt !== undefined && new Date(expiresAt) <= now;
  if (!expired) return { state: 'ok', found: expiresAt === undefined ? 'valid' : `valid until ${expiresAt}` };
  if (refreshable) return { state: 'ok', found: `expired ${expiresAt}; it is refreshed at the next call` };
  if (credential === 'application')
    return { state: 'ok', found: `expired ${expiresAt}; another is obtained at the next call` };
  return { state: 'warning', found: `expired ${expiresAt}, and there is no refresh token`, remedy: login };
}
