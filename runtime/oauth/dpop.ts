import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  randomUUID,
} from 'node:crypto';
import { Secret } from '../../config/model/secret.js';
import { signJwt } from './signer.js';

/** A request that a proof is for. */
export interface ProvenRequest {
  readonly method: string;
  /** Absolute; the proof leaves out query and fragment. */
  readonly url: string;
  /** What the server has handed out last (RFC 9449 §8, §9). */
  readonly nonce?: string | undefined;
  /** The access token that the request carries; absent at a token endpoint. */
  readonly accessToken?: Secret;
}

/** A new key that tokens are bound to: ES256, as a private JWK. Each credential has its own. */
export function newProofKey(): Secret {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return new Secret(JSON.stringify(privateKey.export({ format: 'jwk' })));
}

/** What an authorization request names the key by (RFC 9449 §10). */
export async function proofThumbprint(proofKey: Secret): Promise<string> {
  const { calculateJwkThumbprint } = await import('jose');
  return await calculateJwkThumbprint(parsed(proofKey).publicKey);
}

/**
 * A proof of possession for one request (RFC 9449 §4.2): used once.
 *
 * @param now milliseconds since the epoch
 */
export function dpopProof(proofKey: Secret, request: ProvenRequest, now: number): Promise<string> {
  const { key, publicKey } = parsed(proofKey);
  const { method, url, nonce, accessToken } = request;
  const { origin, pathname } = new URL(url);
  return signJwt(
    { key, header: { alg: 'ES256', typ: 'dpop+jwt', jwk: publicKey } },
    {
      jti: randomUUID(),
      htm: method,
      htu: origin + pathname,
      iat: Math.floor(now / 1000),
      ...(nonce === undefined ? {} : { nonce }),
      ...(accessToken === undefined
        ? {}
        : { ath: createHash('sha256').update(accessToken.reveal()).digest('base64url') }),
    },
  );
}

interface ParsedKey {
  readonly key: KeyObject;
  readonly publicKey: { readonly kty: string; readonly crv: string; readonly x: string; readonly y: string };
}

/** Reading a key costs as much as signing with it. */
const known = new WeakMap<Secret, ParsedKey>();

function parsed(proofKey: Secret): ParsedKey {
  const before = known.get(proofKey);
  if (before !== undefined) return before;
  const jwk = JSON.parse(proofKey.reveal()) as JsonWebKey;
  const { kty = '', crv = '', x = '', y = '' } = jwk;
  const read = { key: createPrivateKey({ key: jwk, format: 'jwk' }), publicKey: { kty, crv, x, y } };
  known.set(proofKey, read);
  return read;
}
