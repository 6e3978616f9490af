import { CallerError, ConfigurationError } from '../../../../config/model/errors.js';
import type { ExtensionContext, IssuesTokens, OAuthExtension, TokenWanted } from '../extension.js';
import { actorClaims, type FarmApplication, outerToken } from './claims.js';
import { realmOf } from './realm.js';

/** Seconds that a token lives. */
const lifetime = 3_600;

/**
 * SharePoint on-premises, server to server ('high trust'): the application's certificate vouches for the person. Values: `client_id`,
 * `issuer_id`, `realm` (default: the one that the farm names), `app_only` (`true`: the application's own rights). The resource's token
 * endpoint is the site's address, its signing key the certificate that the farm trusts; a person's SID is their attribute `sid`.
 */
export const sharePointServer: OAuthExtension & IssuesTokens = {
  name: 'sharepoint-server',
  displayName: 'SharePoint on-premises, server to server',
  description:
    'Signs its own tokens with a certificate that the farm trusts, for the person who calls or for the application.',

  owner: (credential, values) => (values.app_only === 'true' ? 'application' : credential),

  async issue(wanted, ctx) {
    const sid = ctx.values.app_only === 'true' ? undefined : sidOf(wanted, ctx);
    const application = await farmApplication(ctx);
    const settings = { algorithm: 'RS256', certificateHeader: 'x5t' } as const;
    const actorToken = await ctx.signJwt(actorClaims(application, sid !== undefined), settings);
    return {
      accessToken: sid === undefined ? actorToken : outerToken(application, sid, actorToken),
      expiresIn: lifetime,
    };
  },
};

async function farmApplication(ctx: ExtensionContext): Promise<FarmApplication> {
  const notBefore = Math.floor(ctx.now() / 1000);
  return {
    clientId: identifier(ctx, 'client_id'),
    issuerId: identifier(ctx, 'issuer_id'),
    realm: await realmOf(ctx),
    host: new URL(ctx.resource.tokenEndpoint).host,
    notBefore,
    expires: notBefore + lifetime,
  };
}

function identifier({ resource, values }: ExtensionContext, name: string): string {
  const value = values[name];
  if (typeof value === 'string') return value.toLowerCase();
  throw new ConfigurationError(
    'DOCUMENT_INVALID',
    `OAuth resource "${resource.name}": "${name}" needs a value that is no secret; list the parameter in its type.`,
    { fields: [{ pointer: `/values/${name}`, message: 'is needed by sharepoint-server' }] },
  );
}

function sidOf({ credential, person }: TokenWanted, { resource }: ExtensionContext): string {
  const sid = person?.attributes?.sid;
  if (sid !== undefined && sid !== '') return sid;
  const who =
    person === undefined
      ? `${credential} is no person with an account here`
      : `user "${person.name}" has no attribute "sid"`;
  throw new CallerError(
    'FORBIDDEN',
    `OAuth resource "${resource.name}": ${who}; SharePoint is told of people by their Windows SID.`,
  );
}
