import type { ClientAuthentication } from '../../config/model/oauth-resource-type.js';
import { Secret } from '../../config/model/secret.js';
import type { Application } from './application.js';
import { clientValue } from './client-value.js';
import { percentEncode } from './form-encoding.js';
import { type StageParameter, sharedParameter, standardName } from './stage-parameters.js';

/** A token request's parameters and headers, once the client has authenticated itself in them. */
export interface AuthenticatedRequest {
  readonly parameters: readonly StageParameter[];
  readonly headers: Readonly<Record<string, Secret>>;
}

/** @param assertion see `clientAssertion`; a placeholder in a preview */
type Authenticate = (
  application: Application,
  parameters: readonly StageParameter[],
  assertion: string | Secret | undefined,
) => AuthenticatedRequest;

/** RFC 7523 §2.2: the client names itself by the assertion, and the body holds no secret. */
const byAssertion: Authenticate = (application, parameters, assertion = '[client_assertion]') => {
  const names = ['client_secret', 'client_assertion', 'client_assertion_type'];
  const own = (name: string, value: string | Secret): StageParameter => ({
    name,
    value,
    source: 'runtime',
    raw: false,
  });
  return {
    parameters: [
      ...withShared(application, without(parameters, names), ['client_id']),
      own('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'),
      own('client_assertion', assertion),
    ],
    headers: {},
  };
};

/** How a client authenticates at the token endpoint, by method: one method a request, never two (RFC 6749 §2.3). */
export const clientAuthentication: Readonly<Record<ClientAuthentication, Authenticate>> = {
  /** Identifier and secret in the body (RFC 6749 §2.3.1). */
  client_secret_post: (application, parameters) => ({
    parameters: withShared(application, parameters, ['client_id', 'client_secret']),
    headers: {},
  }),

  /** HTTP Basic, with identifier and secret form-encoded first (RFC 6749 §2.3.1); the body holds neither. */
  client_secret_basic: (application, parameters) => {
    const credentials = ['client_id', 'client_secret'].map((name) =>
      percentEncode(clientValue(application, name)).replaceAll('%20', '+'),
    );
    const encoded = Buffer.from(credentials.join(':'), 'utf8').toString('base64');
    return {
      parameters: without(parameters, ['client_id', 'client_secret']),
      headers: { authorization: new Secret(`Basic ${encoded}`) },
    };
  },

  client_secret_jwt: byAssertion,
  private_key_jwt: byAssertion,

  /** A public client names itself and proves nothing (RFC 6749 §3.2.1). */
  none: (application, parameters) => ({
    parameters: withShared(application, without(parameters, ['client_secret']), ['client_id']),
    headers: {},
  }),
};

const without = (parameters: readonly StageParameter[], names: readonly string[]): readonly StageParameter[] =>
  parameters.filter((parameter) => !names.includes(standardName(parameter)));

/** Adds what the type lists for another stage only: the client is the same in all of them. */
function withShared(
  application: Application,
  parameters: readonly StageParameter[],
  names: readonly string[],
): readonly StageParameter[] {
  const added: StageParameter[] = [];
  for (const name of names) {
    const shared = sharedParameter(application, name);
    if (shared === undefined || parameters.some((parameter) => standardName(parameter) === name)) continue;
    added.push({ ...shared, source: 'runtime' });
  }
  return [...parameters, ...added];
}
