import { X509Certificate } from 'node:crypto';
import type { JsonSchemaObject } from '../config/model/json-schema.js';
import type { ServiceKeys } from './broker.js';
import { TlsIdentity } from './http/tls-identity.js';
import { keyInvalid } from './service-keys.js';

/** Service keys of a broker whose services may want mutual TLS; the runtime connects by them. */
export interface TlsKeys {
  readonly clientCertificate?: string;
  readonly clientCertificatePassphrase?: string;
  readonly trustedCertificates?: string;
}

/** Their schemas, to stand among the properties of a broker's `keys`. */
export const tlsKeys = {
  clientCertificate: {
    type: 'string',
    title: 'Client Certificate',
    description:
      'What proves to the service who calls (mutual TLS): PEM with the certificate and its private key, or a PFX file in base64.',
    writeOnly: true,
  },
  clientCertificatePassphrase: {
    type: 'string',
    title: 'Client Certificate Passphrase',
    description: 'Opens the private key or the PFX file.',
    writeOnly: true,
  },
  trustedCertificates: {
    type: 'string',
    title: 'Trusted Certificates',
    description: 'PEM of the authority that signed the service’s certificate, where it is no public one.',
  },
} satisfies Record<keyof TlsKeys, JsonSchemaObject>;

/**
 * The TLS identity of an instance; undefined where its keys say nothing of one. It is for the instance's own hosts.
 *
 * @throws ConfigurationError KEYS_INVALID
 */
export function tlsIdentityOf(keys: ServiceKeys): TlsIdentity | undefined {
  const { clientCertificate, clientCertificatePassphrase: passphrase, trustedCertificates: trusted } = keys as TlsKeys;
  if (clientCertificate === undefined && trusted === undefined) return undefined;
  const client = clientCertificate === undefined ? undefined : clientOf(clientCertificate);
  if (trusted !== undefined) checkTrusted(trusted);
  try {
    return new TlsIdentity({ client, passphrase, trusted });
  } catch (error) {
    throw keyInvalid('clientCertificate', tlsKeys.clientCertificate.title, reasonOf(error, passphrase));
  }
}

/** PEM as it is; anything else is a PFX in base64. */
function clientOf(text: string): string | Uint8Array {
  if (!text.includes('-----BEGIN ')) return Buffer.from(text, 'base64');
  const lacks = (what: string) =>
    keyInvalid('clientCertificate', tlsKeys.clientCertificate.title, `has no ${what}; put both into one PEM text`);
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw lacks('certificate');
  if (!/-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/.test(text)) throw lacks('private key');
  return text;
}

/** OpenSSL passes over what is no certificate, and would trust less than is meant. */
function checkTrusted(text: string): void {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  try {
    for (const block of blocks) new X509Certificate(block);
    if (blocks.length > 0) return;
  } catch {
    // Said below.
  }
  throw keyInvalid('trustedCertificates', tlsKeys.trustedCertificates.title, 'has no certificate in PEM');
}

function reasonOf(error: unknown, passphrase: string | undefined): string {
  const text = error instanceof Error ? error.message : '';
  if (/mac verify|bad decrypt|bad password|interrupted or cancelled|processing error|empty password/i.test(text))
    return passphrase === undefined ? 'wants a passphrase' : 'is not opened by its passphrase';
  if (/key values mismatch/i.test(text)) return 'has a private key that is not the certificate’s';
  if (/unsupported/i.test(text)) return 'is encrypted in a way that OpenSSL 3 refuses; export it again with AES';
  return 'is neither PEM with a certificate and its private key nor a PFX file in base64';
}
