import type { AdminDocument } from '../../model/admin-document.js';
import type { OAuthParameter, OAuthResourceType } from '../../model/oauth-resource-type.js';
import { stages } from '../../model/oauth-resource-type.js';
import type { ServiceInstance } from '../../model/service-instance.js';
import { isStoredSecret } from '../../model/stored-secret.js';

/** A place in a document where a secret may stand. */
export interface SecretPosition {
  /** Names the place in a way that survives reordering; the vault binds it to the ciphertext. */
  readonly field: string;
  /** Where it is in the document as it stands. */
  readonly path: readonly (string | number)[];
  /** Whether a plain value there is a secret. A `StoredSecret` marker may stand at any position. */
  readonly secret: boolean;
}

/** What the positions depend on, beside the document. */
export interface SecretContext {
  /** The type of the OAuth resource, when it is stored. */
  readonly resourceType?: OAuthResourceType | undefined;
  /** The system names of the secret service keys of a service type. */
  readonly secretKeys: (serviceType: string) => readonly string[];
}

export function secretPositions(document: AdminDocument, context: SecretContext): SecretPosition[] {
  switch (document.kind) {
    case 'OAuthResourceType':
      return document.parameters.flatMap(parameterPositions);
    case 'OAuthResource':
      return [
        ...Object.entries(document.values).flatMap(([name, value]) => {
          const parameter = context.resourceType?.parameters.find((candidate) => candidate.name === name);
          return valuePositions(name, value, isSecretName(name) || (parameter !== undefined && isSecret(parameter)));
        }),
        ...(document.signingKey === undefined ? [] : [privateKeyPosition]),
      ];
    case 'ServiceInstance':
      return [...authenticationPositions(document), ...keyPositions(document, context.secretKeys(document.type))];
    case 'SignInProvider':
      return document.clientSecret === undefined ? [] : [clientSecretPosition];
    case 'User':
    case 'ApiKey':
    case 'TrustedIssuer':
      return [];
  }
}

/**
 * Parameters that are secrets whatever the type says, by the names that OAuth and providers give them (RFC 6749 §2.3.1 and
 * §4.3, RFC 7521 §4.2, RFC 8693 §2.1).
 */
export function isSecretName(name: string): boolean {
  return (
    /secret|passw(or)?d|passphrase|assertion|private_?key|api_?key|(subject|actor|access|refresh|id)_token$/i.test(
      name,
    ) && !/_(type|alg)$/i.test(name)
  );
}

/** A secret under another name is one as well. */
const isSecret = ({ name, replaces, secret }: OAuthParameter): boolean =>
  secret === true || isSecretName(name) || (replaces !== undefined && isSecretName(replaces));

const privateKeyPosition: SecretPosition = {
  field: 'signingKey/privateKey',
  path: ['signingKey', 'privateKey'],
  secret: true,
};

const clientSecretPosition: SecretPosition = { field: 'clientSecret', path: ['clientSecret'], secret: true };

function parameterPositions(parameter: OAuthParameter, index: number): SecretPosition[] {
  const secret = isSecret(parameter);
  return stages
    .filter((stage) => parameter.stages[stage]?.default !== undefined)
    .map((stage) => ({
      field: `parameters/${parameter.name}/${stage}`,
      path: ['parameters', index, 'stages', stage, 'default'],
      secret,
    }));
}

function valuePositions(name: string, value: unknown, secret: boolean): SecretPosition[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isStoredSecret(value)) {
    return [{ field: `values/${name}`, path: ['values', name], secret }];
  }
  return stages
    .filter((stage) => stage in value)
    .map((stage) => ({ field: `values/${name}/${stage}`, path: ['values', name, stage], secret }));
}

function authenticationPositions({ authentication }: ServiceInstance): SecretPosition[] {
  if (authentication.mode !== 'static') return [];
  const member = { basic: 'password', bearer: 'token', header: 'value', query: 'value', cookie: 'value' } as const;
  const name = member[authentication.scheme];
  // The scheme is part of the field: a password is not carried over as a token when the scheme changes.
  return [{ field: `authentication/${authentication.scheme}/${name}`, path: ['authentication', name], secret: true }];
}

function keyPositions({ keys }: ServiceInstance, secretKeys: readonly string[]): SecretPosition[] {
  return Object.keys(keys).map((name) => ({
    field: `keys/${name}`,
    path: ['keys', name],
    secret: secretKeys.includes(name),
  }));
}
