import { randomUUID } from 'node:crypto';
import { Secret } from '../../../config/model/secret.js';
import type { Application } from '../application.js';
import { validity } from '../client-assertion.js';
import { clientValue } from '../client-value.js';
import { signerOf, signJwt } from '../signer.js';
import { sharedValue } from '../stage-parameters.js';
import { askTokenEndpoint } from '../token-endpoint.js';
import type { GrantContext, GrantRequest, UnattendedGrant } from './grant.js';
import { assertionParameters, jwtBearerType } from './parameters.js';
import { ownerOf, personalAssertion } from './subject.js';

/** A JWT that the runtime signs is exchanged for a token (RFC 7523 §2.1). */
export const jwtBearer: UnattendedGrant = {
  owner: ownerOf,
  async issue(context, application, request) {
    const runtime = assertionParameters(jwtBearerType, await assertion(context, application, request));
    return await askTokenEndpoint(context, application, { stage: 'token', runtime, proofKey: request.proofKey });
  },
};

/** RFC 7523 §3. Undefined where the resource has no key but an assertion of its own among its parameters. */
async function assertion(
  context: GrantContext,
  application: Application,
  { credential }: GrantRequest,
): Promise<Secret | undefined> {
  const { resource } = application;
  if (resource.signingKey === undefined && sharedValue(application, 'assertion') !== undefined) return undefined;
  const settings = await personalAssertion(application, credential, context);
  const issuer = settings.issuer ?? clientValue(application, 'client_id');
  const claims = {
    ...settings.claims,
    iss: issuer,
    sub: settings.subject ?? issuer,
    aud: settings.audience ?? resource.tokenEndpoint,
    jti: randomUUID(),
    ...validity(context.now(), settings.lifetime),
  };
  return new Secret(await signJwt(signerOf(resource, settings), claims));
}
