import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export interface TokenIssuer {
  readonly url: string;
  /** A JWT access token (RFC 9068). */
  token(claims?: {
    scope?: string;
    audience?: string;
    expiresIn?: string;
    jti?: string;
    issuer?: string;
  }): Promise<string>;
  close(): Promise<void>;
}

export const AUDIENCE = 'urn:sample:crm';

/** Issues access tokens as a test wants them, expired or for another service: what the real one would not do. */
export async function startTokenIssuer(): Promise<TokenIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
  const server = createServer((request, response) => {
    const document = request.url === '/jwks' ? { keys: [jwk] } : { issuer: url, jwks_uri: `${url}/jwks` };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(document));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let count = 0;
  return {
    url,
    token: ({
      scope = 'crm.read crm.write',
      audience = AUDIENCE,
      expiresIn = '5 minutes',
      jti = `t${count++}`,
      issuer = url,
    } = {}) =>
      new SignJWT({ scope, client_id: 'tests' })
        .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: 'k1' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject('alice')
        .setIssuedAt()
        .setJti(jti)
        .setExpirationTime(expiresIn)
        .sign(privateKey),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
