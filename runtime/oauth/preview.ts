import type { OAuthResource } from '../../config/model/oauth-resource.js';
import type { Grant, OAuthResourceType, Stage } from '../../config/model/oauth-resource-type.js';
import { Secret } from '../../config/model/secret.js';
import { type Application, grantOf } from './application.js';
import { authorizationParameters } from './authorization-request.js';
import { deviceParameters } from './device-request.js';
import { requestUrl } from './endpoint.js';
import { withPlaceholders } from './filled-application.js';
import {
  assertionParameters,
  clientCredentialsParameters,
  codeParameters,
  deviceCodeParameters,
  jwtBearerType,
  onBehalfOfParameters,
  refreshParameters,
  saml2BearerType,
  tokenExchangeParameters,
} from './grants/parameters.js';
import type { StagePreview } from './oauth.js';
import { authenticatedRequest } from './provider-request.js';
import type { RuntimeParameters, StageParameter } from './stage-parameters.js';
import { buildTokenRequest, type TokenRequest, tokenRequestBody } from './token-request.js';

/**
 * The requests that each stage of an application would send, by the same code that builds the real ones. Secrets read
 * `[secret]`; what differs from request to request reads `[state]`, `[code]`, … and is not encoded.
 *
 * @throws ConfigurationError DOCUMENT_INVALID when a request cannot be built
 */
export function preview(type: OAuthResourceType, resource: OAuthResource, callbackUrl: string): StagePreview[] {
  return previewFilled(withPlaceholders({ type, resource }), callbackUrl);
}

function previewFilled(application: Application, callbackUrl: string): StagePreview[] {
  const { type, resource } = application;
  const unattended = unattendedParameters[grantOf(type)];
  if (unattended !== undefined) return [tokenPreview(buildTokenRequest(application, 'token', unattended))];
  if (grantOf(type) === 'device_code') {
    return [
      ...pushedPreview(application, resource.deviceAuthorizationEndpoint, deviceParameters(application)),
      tokenPreview(buildTokenRequest(application, 'token', deviceCodeParameters('[device_code]'))),
      tokenPreview(buildTokenRequest(application, 'refresh', refreshParameters('[refresh_token]'))),
    ];
  }
  const pkce = type.pkce !== 'off';
  const authorization = authorizationParameters(application, {
    state: '[state]',
    callbackUrl,
    ...(pkce ? { codeChallenge: '[code_challenge]' } : {}),
  });
  const code = codeParameters({
    code: '[code]',
    redirectUri: authorization.redirectUri,
    ...(pkce ? { codeVerifier: '[code_verifier]' } : {}),
  });
  return [
    ...authorizationPreview(application, authorization.parameters),
    tokenPreview(buildTokenRequest(application, 'token', code)),
    tokenPreview(buildTokenRequest(application, 'refresh', refreshParameters('[refresh_token]'))),
  ];
}

/** What the grants without a person send. */
const unattendedParameters: Readonly<Partial<Record<Grant, RuntimeParameters>>> = {
  client_credentials: clientCredentialsParameters,
  jwt_bearer: assertionParameters(jwtBearerType, '[assertion]'),
  saml2_bearer: assertionParameters(saml2BearerType, '[assertion]'),
  token_exchange: tokenExchangeParameters('[subject_token]'),
  on_behalf_of: onBehalfOfParameters('[assertion]'),
};

/** The parameters as they are pushed, where they are (RFC 9126), else as the browser carries them. */
function authorizationPreview(application: Application, parameters: readonly StageParameter[]): StagePreview[] {
  const { resource } = application;
  if (resource.authorizationEndpoint === undefined) return [];
  if (resource.pushedAuthorizationEndpoint !== undefined) {
    return pushedPreview(application, resource.pushedAuthorizationEndpoint, parameters);
  }
  const masked = parameters.map(mask);
  return [
    {
      stage: 'authorization',
      method: 'GET',
      url: requestUrl(resource.authorizationEndpoint, masked),
      headers: {},
      parameters: masked.map(shown),
      body: null,
    },
  ];
}

/** An authorization request that the client sends itself, authenticated. */
function pushedPreview(
  application: Application,
  url: string | undefined,
  parameters: readonly StageParameter[],
): StagePreview[] {
  if (url === undefined) return [];
  return [tokenPreview({ stage: 'authorization', ...authenticatedRequest(application, url, parameters) })];
}

function tokenPreview(request: Omit<TokenRequest, 'stage'> & { readonly stage: Stage }): StagePreview {
  const masked = request.parameters.map(mask);
  return {
    stage: request.stage,
    method: 'POST',
    url: request.url,
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, value.toString()])),
    parameters: masked.map(shown),
    body: tokenRequestBody({ format: request.format, parameters: masked }),
  };
}

interface MaskedParameter extends StageParameter {
  readonly value: string;
}

/** A mask or a placeholder is written as it stands, so that it can be read. */
function mask(parameter: StageParameter): MaskedParameter {
  const value = parameter.value.toString();
  const placeholder = parameter.value instanceof Secret || (parameter.source === 'runtime' && /^\[\w+\]$/.test(value));
  return { ...parameter, value, raw: parameter.raw || placeholder };
}

const shown = ({ name, value, source }: MaskedParameter) => ({ name, value, source });
