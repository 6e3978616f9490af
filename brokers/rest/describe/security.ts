import type { OAuthFlow, SecurityScheme } from '../../../config/model/security-scheme.js';
import { type Documents, isRawObject, rawObject, rawText } from '../load/index.js';

/** The security schemes of a descriptor, in one shape for all dialects. */
export function proposeSecurity(documents: Documents): SecurityScheme[] {
  const { descriptor, rootSite } = documents;
  const declared = {
    ...rawObject(descriptor.securityDefinitions),
    ...rawObject(rawObject(descriptor.components).securitySchemes),
  };
  return Object.entries(declared).flatMap(([name, value]) => {
    const scheme = documents.follow({ value, site: { ...rootSite, pointer: '/components/securitySchemes' } });
    return isRawObject(scheme?.value) ? schemesOf(name, scheme.value, documents.root.url) : [];
  });
}

function schemesOf(name: string, raw: Readonly<Record<string, unknown>>, base: string): SecurityScheme[] {
  const description = rawText(raw.description);
  const own = { name, ...(description === undefined ? {} : { description }) };
  const http = rawText(raw.scheme)?.toLowerCase();
  if (raw.type === 'basic' || (raw.type === 'http' && http === 'basic')) return [{ ...own, scheme: 'basic' }];
  if (raw.type === 'http' && http === 'bearer') return [{ ...own, scheme: 'bearer' }];
  if (raw.type === 'apiKey') {
    const parameter = rawText(raw.name);
    const where = raw.in;
    if (parameter === undefined || (where !== 'header' && where !== 'query' && where !== 'cookie'))
      return [{ ...own, scheme: 'other', says: 'apiKey without a place' }];
    return [{ ...own, scheme: where, parameter }];
  }
  if (raw.type === 'openIdConnect') {
    const metadataEndpoint = absolute(raw.openIdConnectUrl, base);
    return metadataEndpoint === undefined
      ? []
      : [{ ...own, scheme: 'oauth', flows: [{ grant: 'authorization_code', metadataEndpoint, scopes: {} }] }];
  }
  if (raw.type !== 'oauth2') return [{ ...own, scheme: 'other', says: [raw.type, http].filter(Boolean).join(' ') }];
  const flows = flowsOf(raw, base);
  return flows.length === 0
    ? [{ ...own, scheme: 'other', says: 'oauth2 without a flow' }]
    : [{ ...own, scheme: 'oauth', flows }];
}

/** The flows of today; where there is none, what stands in for those that are not to be used any more. */
function flowsOf(raw: Readonly<Record<string, unknown>>, base: string): OAuthFlow[] {
  const declared: [string, Readonly<Record<string, unknown>>][] = isRawObject(raw.flows)
    ? Object.entries(raw.flows).map(([kind, flow]) => [kind, rawObject(flow)])
    : [[String(raw.flow), raw]];
  // OpenAPI 3.2: where the metadata is of RFC 8414.
  const metadataEndpoint = absolute(raw.oauth2MetadataUrl, base);
  const whole = (flow: OAuthFlow) => (metadataEndpoint === undefined ? flow : { ...flow, metadataEndpoint });
  const usable = declared.flatMap(([kind, flow]) => flowOf(kind, flow, base).map(whole));
  if (usable.length > 0) return usable;
  return declared.flatMap(([kind, flow]) => {
    if (kind !== 'implicit' && kind !== 'password') return [];
    return flowOf('authorizationCode', flow, base).map((found) => ({ ...whole(found), replaces: kind }));
  });
}

/** Flows by their names in OpenAPI 3 and Swagger 2.0. */
const GRANTS: Readonly<Record<string, OAuthFlow['grant']>> = {
  authorizationCode: 'authorization_code',
  accessCode: 'authorization_code',
  clientCredentials: 'client_credentials',
  application: 'client_credentials',
  deviceAuthorization: 'device_code',
};

function flowOf(kind: string, raw: Readonly<Record<string, unknown>>, base: string): OAuthFlow[] {
  const grant = GRANTS[kind];
  if (grant === undefined) return [];
  const scopes: Record<string, string> = {};
  for (const [scope, text] of Object.entries(rawObject(raw.scopes)))
    if (scope !== '__proto__') scopes[scope] = typeof text === 'string' ? text : '';
  const flow: OAuthFlow = { grant, scopes };
  const endpoints = {
    authorizationEndpoint: raw.authorizationUrl,
    tokenEndpoint: raw.tokenUrl,
    refreshEndpoint: raw.refreshUrl,
    deviceAuthorizationEndpoint: raw.deviceAuthorizationUrl,
  };
  for (const [key, value] of Object.entries(endpoints)) {
    const url = absolute(value, base);
    if (url !== undefined) Object.assign(flow, { [key]: url });
  }
  return [flow];
}

function absolute(url: unknown, base: string): string | undefined {
  if (typeof url !== 'string' || url === '' || !URL.canParse(url, base)) return undefined;
  const { href, protocol } = new URL(url, base);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}
