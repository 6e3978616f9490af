import type { AuthenticationWay } from '../../config/model/connection-proposal.js';
import type { OAuthResource } from '../../config/model/oauth-resource.js';
import type { OAuthParameter, OAuthResourceType, Stage } from '../../config/model/oauth-resource-type.js';
import type { OAuthFlow, SecurityScheme } from '../../config/model/security-scheme.js';
import type { Variables } from './variables.js';

/** An OAuth resource type and resource for one flow. */
export interface OAuthWay extends AuthenticationWay {
  readonly resourceType: OAuthResourceType;
  readonly resource: OAuthResource;
  readonly notes: readonly string[];
}

/** @param name system name of both documents */
export function oauthWay(
  { name: scheme, description }: SecurityScheme,
  flow: OAuthFlow,
  name: string,
  title: string,
  variables: Variables,
): OAuthWay {
  const { grant, scopes: _, replaces: __, ...endpoints } = flow;
  const own = (what: string, text: string, secret?: boolean) => variables.placeholder(what, text, secret);
  const missing = {
    ...(grant === 'authorization_code' && endpoints.authorizationEndpoint === undefined
      ? { authorizationEndpoint: own('authorization_endpoint', 'URL where people give their consent') }
      : {}),
    ...(grant === 'device_code' && endpoints.deviceAuthorizationEndpoint === undefined
      ? { deviceAuthorizationEndpoint: own('device_endpoint', 'URL where a device asks for its code') }
      : {}),
  };
  return {
    scheme,
    ...(description === undefined ? {} : { description }),
    authentication: { mode: 'oauth', resource: name },
    resourceType: {
      kind: 'OAuthResourceType',
      name,
      displayName: title,
      grant,
      parameters: parametersOf(flow),
    },
    resource: {
      kind: 'OAuthResource',
      name,
      displayName: title,
      type: name,
      ...missing,
      ...endpoints,
      tokenEndpoint: endpoints.tokenEndpoint ?? own('token_endpoint', 'URL where tokens are asked for'),
      values: {
        client_id: own('client_id', 'client id of the application, as registered at the provider'),
        client_secret: own('client_secret', 'client secret of the application', true),
      },
    },
    notes: notesOn(scheme, flow, name),
  };
}

/** Which request carries what (RFC 6749 §4.1, §4.4, RFC 8628 §3.1). */
function parametersOf({ grant, scopes }: OAuthFlow): OAuthParameter[] {
  const consents = grant === 'authorization_code' || grant === 'device_code';
  const refreshes: Partial<Record<Stage, object>> = consents ? { refresh: {} } : {};
  const asked = Object.keys(scopes).join(' ');
  const scope: OAuthParameter = {
    name: 'scope',
    ...descriptionOf(scopes),
    stages: { [consents ? 'authorization' : 'token']: asked === '' ? {} : { default: asked } },
  };
  return [
    { name: 'client_id', stages: { ...(consents ? { authorization: {} } : {}), token: {}, ...refreshes } },
    { name: 'client_secret', secret: true, stages: { token: {}, ...refreshes } },
    scope,
  ];
}

/** Longest description of a document. */
const LONGEST = 10_000;

function descriptionOf(scopes: OAuthFlow['scopes']): { description?: string } {
  const lines = Object.entries(scopes).map(([scope, text]) => (text === '' ? scope : `${scope}: ${text}`));
  return lines.length === 0 ? {} : { description: lines.join('\n').slice(0, LONGEST) };
}

function notesOn(
  scheme: string,
  { grant, replaces, tokenEndpoint, metadataEndpoint }: OAuthFlow,
  name: string,
): string[] {
  return [
    ...(replaces === undefined
      ? []
      : [
          `"${scheme}" offers the ${replaces} flow only, which is not to be used any more (RFC 9700); the authorization code flow stands in its place. Ask the provider for it.`,
        ]),
    ...(metadataEndpoint === undefined || tokenEndpoint !== undefined
      ? []
      : [
          `The endpoints of "${scheme}" are in the provider's metadata. Have them filled in by: smartwright oauth import ${metadataEndpoint} --name ${name}`,
        ]),
    ...(grant === 'authorization_code'
      ? [`Register the redirect URI of this installation at the provider: its public URL with /identity/token/oauth/2.`]
      : []),
  ];
}
