import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type { SecureContext } from 'node:tls';

/** Loaded with the first identity: an import makes the texts of all public authorities, which takes 30 ms. */
const load = createRequire(import.meta.url);

/** What a TLS identity is made from. */
export interface TlsMaterial {
  /** PEM with the certificate, its chain and the private key; or a PFX (PKCS #12), in bytes. */
  readonly client?: string | Uint8Array | undefined;
  readonly passphrase?: string | undefined;
  /** PEM of certificate authorities that are trusted beside the public ones, or of servers' own certificates. */
  readonly trusted?: string | undefined;
}

/**
 * Who we are to a server and whom we take for it: a client certificate for mutual TLS (RFC 8446 §4.4.2), and authorities of its own.
 * Connections of different identities are never shared.
 */
export class TlsIdentity {
  /** The same for the same material; says nothing of it. */
  readonly id: string;
  readonly context: SecureContext;

  /** @throws Error of OpenSSL when the material is none, or the passphrase is wrong */
  constructor({ client, passphrase, trusted }: TlsMaterial) {
    const own =
      typeof client === 'string' ? { cert: client, key: client } : client === undefined ? {} : { pfx: client };
    const { createSecureContext, rootCertificates } = load('node:tls') as typeof import('node:tls');
    this.context = createSecureContext({
      // Copied, since tls takes Buffers only.
      ...('pfx' in own && own.pfx !== undefined ? { pfx: Buffer.from(own.pfx) } : own),
      ...(passphrase === undefined ? {} : { passphrase }),
      ...(trusted === undefined ? {} : { ca: [...rootCertificates, trusted] }),
    });
    const hash = createHash('sha256');
    for (const part of [client, passphrase, trusted]) hash.update(part ?? '').update('\0');
    this.id = hash.digest('base64url');
  }
}
