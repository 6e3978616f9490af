import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { JWTHeaderParameters } from 'jose';
import type { CertificateHeader, ClientAssertion, SigningAlgorithm } from '../../config/model/assertion.js';
import { ConfigurationError } from '../../config/model/errors.js';
import type { OAuthResource } from '../../config/model/oauth-resource.js';

/** A key that signs, and how a JWT names it. */
export interface Signer {
  readonly key: KeyObject;
  readonly algorithm: SigningAlgorithm;
  readonly header: JWTHeaderParameters;
  readonly certificate: X509Certificate | undefined;
}

/** What signs an assertion: the key of the resource, in the way that the assertion asks for. @throws ConfigurationError DOCUMENT_INVALID */
export function signerOf(
  { name, signingKey }: OAuthResource,
  settings: Pick<ClientAssertion, 'algorithm' | 'certificateHeader'> = {},
): Signer {
  const invalid = (pointer: string, message: string, cause?: unknown) =>
    new ConfigurationError('DOCUMENT_INVALID', `OAuth resource "${name}": ${pointer} ${message}.`, {
      cause,
      fields: [{ pointer: `/${pointer.replaceAll('.', '/')}`, message }],
    });
  if (signingKey === undefined) throw invalid('signingKey', 'is missing; give it the private key of the application');
  if (typeof signingKey.privateKey !== 'string') throw new TypeError('A stored private key was not revealed.');

  let key: KeyObject;
  try {
    key = readPrivateKey(signingKey.privateKey);
  } catch {
    // The parser's own message may quote the key.
    throw invalid('signingKey.privateKey', 'is no unencrypted private key; give it as PEM or as a JWK');
  }
  const fitting = algorithmsOf(key);
  const [own] = fitting;
  if (own === undefined)
    throw invalid('signingKey.privateKey', 'is of a type that signs no JWT; use RSA, EC or Ed25519');
  const algorithm = settings.algorithm ?? own;
  if (!fitting.includes(algorithm)) {
    throw invalid('signingKey.privateKey', `cannot sign with ${algorithm}; it fits ${fitting.join(', ')}`);
  }
  const certificate = readCertificate(signingKey.certificate, invalid);
  if (certificate !== undefined && !certificate.checkPrivateKey(key)) {
    throw invalid('signingKey.certificate', 'is that of another key; give the one that belongs to the private key');
  }
  const named =
    certificate === undefined ? {} : certificateHeaders[settings.certificateHeader ?? 'x5t#S256'](certificate);
  const header = { alg: algorithm, typ: 'JWT', ...(signingKey.keyId && { kid: signingKey.keyId }), ...named };
  return { key, algorithm, header, certificate };
}

/** A compact JWS of the claims (RFC 7519 §7.1). The library is loaded with the first one: most installations sign none. */
export async function signJwt(
  { key, header }: Pick<Signer, 'key' | 'header'>,
  claims: Readonly<Record<string, unknown>>,
): Promise<string> {
  const { SignJWT } = await import('jose');
  return await new SignJWT(claims).setProtectedHeader(header).sign(key);
}

function readPrivateKey(text: string): KeyObject {
  return text.trim().startsWith('{')
    ? createPrivateKey({ key: JSON.parse(text), format: 'jwk' })
    : createPrivateKey({ key: text, format: 'pem' });
}

type Invalid = (pointer: string, message: string, cause?: unknown) => ConfigurationError;

function readCertificate(pem: string | undefined, invalid: Invalid): X509Certificate | undefined {
  if (pem === undefined) return undefined;
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw invalid('signingKey.certificate', 'is no X.509 certificate in PEM', cause);
  }
}

const rsa: readonly SigningAlgorithm[] = ['RS256', 'PS256', 'RS384', 'RS512', 'PS384', 'PS512'];
const curves: Readonly<Record<string, SigningAlgorithm>> = {
  prime256v1: 'ES256',
  secp384r1: 'ES384',
  secp521r1: 'ES512',
};

/** The algorithms that a key fits, its own first. RFC 7518 §3.3: an RSA key has 2048 bits or more. */
function algorithmsOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): readonly SigningAlgorithm[] {
  if (asymmetricKeyType === 'rsa') return (asymmetricKeyDetails?.modulusLength ?? 0) >= 2_048 ? rsa : [];
  if (asymmetricKeyType === 'ed25519') return ['EdDSA'];
  const own = asymmetricKeyType === 'ec' ? curves[asymmetricKeyDetails?.namedCurve ?? ''] : undefined;
  return own === undefined ? [] : [own];
}

const thumbprint = (hex: string): string => Buffer.from(hex.replaceAll(':', ''), 'hex').toString('base64url');

/** The header members that name a certificate: SHA-256 or SHA-1 of its DER, or the certificate itself. */
const certificateHeaders: Readonly<Record<CertificateHeader, (certificate: X509Certificate) => object>> = {
  'x5t#S256': ({ fingerprint256 }) => ({ 'x5t#S256': thumbprint(fingerprint256) }),
  x5t: ({ fingerprint }) => ({ x5t: thumbprint(fingerprint) }),
  x5c: ({ raw }) => ({ x5c: [raw.toString('base64')] }),
  none: () => ({}),
};
