import type { FieldError } from '../model/errors.js';
import { jsonPointer } from '../model/json-pointer.js';
import { type OAuthResource, valueInStage } from '../model/oauth-resource.js';
import { type Grant, type OAuthResourceType, type Stage, stages } from '../model/oauth-resource-type.js';
import { isStoredSecret } from '../model/stored-secret.js';
import { nearest } from './nearest.js';
import { placeholderFaults } from './placeholder-faults.js';
import { refuseFaults } from './refuse.js';
import { subject } from './validate-document.js';

/**
 * Checks that an OAuth resource gives values for its type's parameters only, in requests that these are sent in, and has the
 * endpoints that the type's grant needs.
 *
 * @throws ConfigurationError DOCUMENT_INVALID
 */
export function checkResourceAgainstType(resource: OAuthResource, type: OAuthResourceType): void {
  const faults = [
    ...Object.entries(resource.values).flatMap(([name, value]) => valueFaults(name, value, type)),
    ...endpointFaults(resource, type),
    ...keyFaults(resource, type),
    ...scopeFaults(resource, type),
    ...placeholderFaults(resource, type),
  ];
  refuseFaults('DOCUMENT_INVALID', subject('OAuthResource', resource), resource, faults);
}

function valueFaults(name: string, value: unknown, type: OAuthResourceType): FieldError[] {
  const pointer = jsonPointer(['values', name]);
  const parameter = type.parameters.find((candidate) => candidate.name === name);
  if (parameter === undefined) return [{ pointer, message: unknownParameter(name, type) }];
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isStoredSecret(value)) return [];
  const sent = Object.keys(parameter.stages).join(', ');
  return stages
    .filter((stage: Stage) => stage in value && parameter.stages[stage] === undefined)
    .map((stage) => ({
      pointer: `${pointer}/${stage}`,
      message: `parameter "${name}" is not sent in the ${stage} request, only in: ${sent}; remove this value`,
    }));
}

function unknownParameter(name: string, { name: type, parameters }: OAuthResourceType): string {
  const known = parameters.map((parameter) => parameter.name);
  const [meant] = nearest(name, known);
  const hint = meant === undefined ? `it has ${known.join(', ') || 'none'}` : `did you mean "${meant}"?`;
  return `parameter "${name}" is not one of OAuth resource type "${type}"; ${hint}`;
}

/** The endpoints that grants need, beside the token endpoint. */
const grantEndpoints: Readonly<Partial<Record<Grant, 'authorizationEndpoint' | 'deviceAuthorizationEndpoint'>>> = {
  authorization_code: 'authorizationEndpoint',
  device_code: 'deviceAuthorizationEndpoint',
};

function endpointFaults(resource: OAuthResource, type: OAuthResourceType): FieldError[] {
  const { grant = 'authorization_code', extension } = type;
  const needed = grantEndpoints[grant];
  // An extension may need no endpoint but the one that it asks itself.
  if (needed === undefined || resource[needed] !== undefined || extension !== undefined) return [];
  const message = `is missing; the grant ${grant} of OAuth resource type "${type.name}" needs it`;
  return [{ pointer: `/${needed}`, message }];
}

/** What signs with the application's key needs one; an assertion may also be configured as it is, as a parameter. */
function keyFaults(resource: OAuthResource, type: OAuthResourceType): FieldError[] {
  if (resource.signingKey !== undefined) return [];
  const { clientAuthentication, grant = '' } = type;
  const needing = [
    ...(clientAuthentication === 'private_key_jwt' ? ['client authentication private_key_jwt'] : []),
    ...(/^(jwt|saml2)_bearer$/.test(grant) && !hasValue('assertion', resource, type) ? [`grant ${grant}`] : []),
  ];
  return needing.map((what) => ({
    pointer: '/signingKey',
    message: `is missing; the ${what} of OAuth resource type "${type.name}" needs it`,
  }));
}

function hasValue(name: string, { values }: OAuthResource, { parameters }: OAuthResourceType): boolean {
  const boxes = Object.values(parameters.find((parameter) => parameter.name === name)?.stages ?? {});
  return Object.hasOwn(values, name) || boxes.some((box) => box.default !== undefined);
}

/**
 * RFC 6749 §6: the scope of a refresh holds nothing that the authorization did not ask for. Values with placeholders are left to the
 * provider.
 */
function scopeFaults(resource: OAuthResource, type: OAuthResourceType): FieldError[] {
  const [asked, again] = [scopeIn('authorization', resource, type), scopeIn('refresh', resource, type)];
  if (asked === undefined || again === undefined) return [];
  const further = again.filter((scope) => !asked.includes(scope));
  if (further.length === 0) return [];
  const message = `the refresh asks for "${further.join(' ')}", which the authorization does not (RFC 6749 §6); make both the same`;
  return [{ pointer: '/values/scope', message }];
}

function scopeIn(stage: Stage, { values }: OAuthResource, { parameters }: OAuthResourceType): string[] | undefined {
  const box = parameters.find(({ name }) => name === 'scope')?.stages[stage];
  if (box === undefined) return undefined;
  const own = Object.hasOwn(values, 'scope') ? valueInStage(values.scope, stage) : undefined;
  const value = own ?? box.default;
  if (value === undefined || isStoredSecret(value)) return undefined;
  const text = typeof value === 'string' ? value : value.join(' ');
  return text.includes('{') ? undefined : text.split(/[\s,]+/).filter(Boolean);
}
