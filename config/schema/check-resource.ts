import type { FieldError } from '../model/errors.js';
import { jsonPointer } from '../model/json-pointer.js';
import type { OAuthResource } from '../model/oauth-resource.js';
import { type OAuthResourceType, type Stage, stages } from '../model/oauth-resource-type.js';
import { isStoredSecret } from '../model/stored-secret.js';
import { nearest } from './nearest.js';
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
  ];
  refuseFaults('DOCUMENT_INVALID', subject('OAuthResource', resource), resource, faults);
}

function valueFaults(name: string, value: unknown, type: OAuthResourceType): FieldError[] {
  const pointer = jsonPointer(['values', name]);
  const parameter = type.parameters.find((candidate) => candidate.name === name);
  if (parameter === undefined) return [{ pointer, message: unknownParameter(name, type) }];
  if (typeof value !== 'object' || value === null || isStoredSecret(value)) return [];
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

function endpointFaults(resource: OAuthResource, type: OAuthResourceType): FieldError[] {
  const grant = type.grant ?? 'authorization_code';
  if (grant !== 'authorization_code' || resource.authorizationEndpoint !== undefined) return [];
  const message = `is missing; the grant ${grant} of OAuth resource type "${type.name}" needs it`;
  return [{ pointer: '/authorizationEndpoint', message }];
}
