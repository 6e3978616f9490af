import type { Application } from '../application.js';
import { TokenEndpointError } from '../errors.js';
import { plainText } from '../form-encoding.js';
import { cleanProviderText } from '../provider-text.js';
import { sharedValue } from '../stage-parameters.js';
import { askTokenEndpoint, type Issued } from '../token-endpoint.js';
import { subjectToken } from './caller-token.js';
import { ownToken, type UnattendedGrant } from './grant.js';
import { onBehalfOfParameters, tokenExchangeParameters } from './parameters.js';

/** The caller's token is exchanged for one that the service accepts (RFC 8693 §2). */
export const tokenExchange: UnattendedGrant = {
  owner: ownToken,
  async issue(context, application, request) {
    const runtime = tokenExchangeParameters(await subjectToken(context, application, request));
    const issued = await askTokenEndpoint(context, application, {
      stage: 'token',
      runtime,
      proofKey: request.proofKey,
    });
    checkIssuedType(application, issued);
    return issued;
  },
};

/** The same by the grant that Entra ID has for it. */
export const onBehalfOf: UnattendedGrant = {
  owner: ownToken,
  async issue(context, application, request) {
    const runtime = onBehalfOfParameters(await subjectToken(context, application, request));
    return await askTokenEndpoint(context, application, { stage: 'token', runtime, proofKey: request.proofKey });
  },
};

const accessToken = 'urn:ietf:params:oauth:token-type:access_token';
/** RFC 8693 §3: a JWT may be an access token. */
const usable = new Set([accessToken, 'urn:ietf:params:oauth:token-type:jwt']);

/** RFC 8693 §2.2.1: what was issued must be what was asked for. A server that does not say is taken at its word. */
function checkIssuedType(application: Application, { token }: Issued): void {
  const issued = token.fields.issued_token_type?.reveal();
  if (issued === undefined) return;
  const asked = sharedValue(application, 'requested_token_type');
  if (asked === undefined ? usable.has(issued) : issued === plainText(asked)) return;
  const { name } = application.resource;
  throw new TokenEndpointError(
    'TOKEN_REFUSED',
    `OAuth resource "${name}": the token endpoint issued a token of type "${cleanProviderText(issued, [], 100)}", ` +
      `not ${asked === undefined ? 'an access token' : `"${plainText(asked)}"`} (RFC 8693 §2.2.1).`,
    { resource: name },
  );
}
