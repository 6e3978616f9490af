import { Secret } from '../../../config/model/secret.js';
import type { Application } from '../application.js';
import { validity } from '../client-assertion.js';
import { clientValue } from '../client-value.js';
import { samlAssertion } from '../saml/saml-assertion.js';
import { signerOf } from '../signer.js';
import { sharedValue } from '../stage-parameters.js';
import { askTokenEndpoint } from '../token-endpoint.js';
import type { GrantContext, GrantRequest, UnattendedGrant } from './grant.js';
import { assertionParameters, saml2BearerType } from './parameters.js';
import { ownerOf, personalAssertion } from './subject.js';

/** A SAML 2.0 assertion that the runtime signs is exchanged for a token (RFC 7522 §2.1). */
export const saml2Bearer: UnattendedGrant = {
  owner: ownerOf,
  async issue(context, application, request) {
    const runtime = assertionParameters(saml2BearerType, await assertion(context, application, request));
    return await askTokenEndpoint(context, application, { stage: 'token', runtime, proofKey: request.proofKey });
  },
};

/** Base64url of the XML. Undefined where the resource has no key but an assertion of its own among its parameters. */
async function assertion(
  context: GrantContext,
  application: Application,
  { credential }: GrantRequest,
): Promise<Secret | undefined> {
  const { resource } = application;
  if (resource.signingKey === undefined && sharedValue(application, 'assertion') !== undefined) return undefined;
  const settings = await personalAssertion(application, credential, context);
  const { iat, exp } = validity(context.now(), settings.lifetime);
  const issuer = settings.issuer ?? clientValue(application, 'client_id');
  const statement = {
    issuer,
    subject: settings.subject ?? issuer,
    nameIdFormat: settings.nameIdFormat ?? 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
    audience: settings.audience ?? resource.tokenEndpoint,
    recipient: settings.recipient ?? resource.tokenEndpoint,
    attributes: settings.claims ?? {},
    notBefore: iat,
    notOnOrAfter: exp,
  };
  const xml = samlAssertion(statement, signerOf(resource, settings), resource.name);
  return new Secret(Buffer.from(xml, 'utf8').toString('base64url'));
}
