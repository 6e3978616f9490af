import type { JsonSchemaObject } from '../../../config/model/json-schema.js';
import type { PasswordType } from '../plan.js';

/** Service keys of what is inside the message. Where they say nothing, the policy of the description does. */
export interface SecurityKeys {
  readonly userName?: string;
  readonly password?: string;
  readonly passwordType?: PasswordType;
  readonly timestamp?: boolean;
  readonly signingCertificate?: string;
  readonly signingCertificatePassphrase?: string;
  readonly serviceCertificate?: string;
  readonly tokenPlacement?: 'HTTP header' | 'BinarySecurityToken' | 'SAML assertion';
}

/** Their schemas, to stand among the properties of a broker's `keys`. */
export const securityKeys = {
  userName: {
    type: 'string',
    title: 'User Name',
    description:
      'The user of a WS-Security UsernameToken in each message. For HTTP Basic, set the authentication of the instance instead.',
    minLength: 1,
  },
  password: {
    type: 'string',
    title: 'Password',
    description: 'The password of that user.',
    writeOnly: true,
  },
  passwordType: {
    type: 'string',
    title: 'Password Type',
    description:
      'Text sends the password itself; Digest a hash of it with a nonce and the time. Where it is not set, the policy of the service decides, else it is Text.',
    enum: ['Text', 'Digest'],
  },
  timestamp: {
    type: 'boolean',
    title: 'Timestamp',
    description:
      'Whether messages say when they were made, and that they are good for five minutes. Where it is not set, the policy of the service decides; a signed message always does.',
  },
  signingCertificate: {
    type: 'string',
    title: 'Signing Certificate',
    description: 'PEM of an X.509 certificate and its private key, with which messages are signed.',
    writeOnly: true,
  },
  signingCertificatePassphrase: {
    type: 'string',
    title: 'Signing Certificate Passphrase',
    description: 'Opens that private key.',
    writeOnly: true,
  },
  serviceCertificate: {
    type: 'string',
    title: 'Service Certificate',
    description:
      'PEM of the certificate with which the service signs its answers. Where it is set, an answer without that signature is refused.',
  },
  tokenPlacement: {
    type: 'string',
    title: 'Token Placement',
    description:
      'Where the token of the instance’s authentication goes: into the HTTP header Authorization, or into the message. Where it is not set, the policy of the service decides, else it is the HTTP header.',
    enum: ['HTTP header', 'BinarySecurityToken', 'SAML assertion'],
  },
} satisfies Record<keyof SecurityKeys, JsonSchemaObject>;
