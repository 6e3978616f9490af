import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { keyInvalid } from '../../service-keys.js';
import { type SecurityKeys, securityKeys } from './keys.js';

/** A certificate with the private key that belongs to it. */
export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly certificate: X509Certificate;
}

const signingKeys = new WeakMap<SecurityKeys, SigningKey>();
const serviceCertificates = new WeakMap<SecurityKeys, X509Certificate>();

/**
 * What messages are signed with; undefined where the keys name nothing. Read once for each object of keys.
 *
 * @throws ConfigurationError KEYS_INVALID
 */
export function signingKeyOf(keys: SecurityKeys): SigningKey | undefined {
  const { signingCertificate: pem, signingCertificatePassphrase: passphrase } = keys;
  if (pem === undefined) return undefined;
  const known = signingKeys.get(keys);
  if (known !== undefined) return known;
  const certificate = certificateIn(pem, 'signingCertificate');
  const privateKey = privateKeyIn(pem, passphrase);
  const reason = unfit(certificate, privateKey);
  if (reason !== undefined) throw keyInvalid('signingCertificate', securityKeys.signingCertificate.title, reason);
  const made = { privateKey, certificate };
  signingKeys.set(keys, made);
  return made;
}

/** What answers must be signed with; undefined where it does not matter. @throws ConfigurationError KEYS_INVALID */
export function serviceCertificateOf(keys: SecurityKeys): X509Certificate | undefined {
  if (keys.serviceCertificate === undefined) return undefined;
  const known = serviceCertificates.get(keys);
  if (known !== undefined) return known;
  const certificate = certificateIn(keys.serviceCertificate, 'serviceCertificate');
  if (certificate.publicKey.asymmetricKeyType !== 'rsa')
    throw keyInvalid('serviceCertificate', securityKeys.serviceCertificate.title, 'is not one for RSA');
  serviceCertificates.set(keys, certificate);
  return certificate;
}

function certificateIn(pem: string, key: 'signingCertificate' | 'serviceCertificate'): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw keyInvalid(key, securityKeys[key].title, 'has no certificate in PEM');
  }
}

function privateKeyIn(pem: string, passphrase: string | undefined): KeyObject {
  try {
    return createPrivateKey({ key: pem, ...(passphrase === undefined ? {} : { passphrase }) });
  } catch {
    const reason = !pem.includes('PRIVATE KEY-----')
      ? 'has no private key; put it into the same PEM text'
      : `has a private key that ${passphrase === undefined ? 'cannot be read, or wants a passphrase' : 'its passphrase does not open'}`;
    throw keyInvalid('signingCertificate', securityKeys.signingCertificate.title, reason);
  }
}

function unfit(certificate: X509Certificate, privateKey: KeyObject): string | undefined {
  if (privateKey.asymmetricKeyType !== 'rsa') return 'has no RSA key; messages are signed by RSA with SHA-256';
  return certificate.checkPrivateKey(privateKey) ? undefined : 'has a private key that is not the certificate’s';
}
