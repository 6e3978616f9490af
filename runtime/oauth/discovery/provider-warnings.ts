import type { OAuthResourceType } from '../../../config/model/oauth-resource-type.js';
import type { ProviderMetadata } from './fetch-metadata.js';
import { texts } from './import-provider.js';

type Fields = ProviderMetadata['fields'];

/** What a provider lacks, each with what it means; a check that finds nothing is undefined. */
const lacks: readonly ((fields: Fields, type: OAuthResourceType) => string | undefined)[] = [
  (fields, { grant }) =>
    grant !== 'authorization_code' || texts(fields.code_challenge_methods_supported).includes('S256')
      ? undefined
      : 'It does not say that it supports PKCE with S256 (RFC 7636). PKCE stays on; if the provider refuses it, set pkce: off.',
  (fields, { grant }) =>
    grant !== 'authorization_code' || fields.authorization_response_iss_parameter_supported === true
      ? undefined
      : 'It does not name its issuer in authorization responses (RFC 9207), so a mix-up of providers is noticed by endpoints only.',
  (fields) =>
    fields.revocation_endpoint === undefined
      ? 'It has no revocation endpoint (RFC 7009): a token that is deleted here lives on at the provider until it ends.'
      : undefined,
  (fields) =>
    fields.introspection_endpoint === undefined
      ? 'It has no introspection endpoint (RFC 7662): whether a token is active cannot be asked.'
      : undefined,
  (fields, { grant }) =>
    grant !== 'authorization_code' || fields.pushed_authorization_request_endpoint !== undefined
      ? undefined
      : 'It has no pushed authorization requests (RFC 9126): the parameters of a consent stand in the browser’s address.',
  (fields, { grant }) =>
    grant === 'client_credentials' || grants(fields).includes('refresh_token')
      ? undefined
      : 'It does not say that it issues refresh tokens: people may have to consent again when a token ends.',
  (fields) =>
    texts(fields.dpop_signing_alg_values_supported).length > 0
      ? undefined
      : 'It does not bind tokens to a key (DPoP, RFC 9449): whoever has a token can use it.',
  (fields, { clientAuthentication = '' }) =>
    fields.token_endpoint_auth_methods_supported === undefined ||
    texts(fields.token_endpoint_auth_methods_supported).includes(clientAuthentication)
      ? undefined
      : 'It names no client authentication that is known here; client_secret_basic is assumed.',
  (fields) => {
    const plain = Object.entries(fields).filter(
      ([name, value]) => name.endsWith('_endpoint') && typeof value === 'string' && value.startsWith('http:'),
    );
    return plain.length === 0 ? undefined : `It has endpoints without TLS: ${plain.map(([name]) => name).join(', ')}.`;
  },
];

/** RFC 8414 §2: the default of a provider that names none; it says nothing of refresh tokens then. */
const grants = (fields: Fields): readonly string[] =>
  fields.grant_types_supported === undefined ? ['refresh_token'] : texts(fields.grant_types_supported);

export const providerWarnings = ({ fields }: ProviderMetadata, type: OAuthResourceType): string[] =>
  lacks.flatMap((check) => check(fields, type) ?? []);
