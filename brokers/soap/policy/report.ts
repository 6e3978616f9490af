import type { SecurityScheme } from '../../../config/model/security-scheme.js';
import type { Findings } from '../../source/index.js';
import type { SoapKeys } from '../keys.js';
import { missingKeys, type NeededKey } from '../security/chosen.js';
import { securityKeys } from '../security/keys.js';
import type { PolicyNeeds } from './needs.js';

/** What an admin has to set so that calls do as the policy of a port wants; once each. */
export function reportNeeds(
  needs: readonly PolicyNeeds[],
  port: string,
  keys: Partial<SoapKeys>,
  findings: Findings,
): void {
  const wanted = new Set(needs.flatMap(({ security }) => missingKeys(keys, security)));
  for (const key of wanted) {
    const message = `The policy of ${port} wants ${what[key]} in each message: set the service key "${securityKeys[key].title}".`;
    findings.warn('SECURITY_KEY_MISSING', message, { operation: port });
  }
  if (needs.some(({ clientCertificate }) => clientCertificate) && keys.clientCertificate === undefined) {
    const message = `The policy of ${port} wants mutual TLS: set the service key "Client Certificate".`;
    findings.warn('SECURITY_KEY_MISSING', message, { operation: port });
  }
  const unsupported = [...new Set(needs.flatMap((one) => one.unsupported))];
  if (unsupported.length > 0) {
    const message = `The policy of ${port} wants what is not done: ${unsupported.join(', ')}. The service may refuse calls; an endpoint that relies on TLS is called.`;
    findings.warn('POLICY_UNSUPPORTED', message, { operation: port });
  }
}

const what: Readonly<Record<NeededKey, string>> = {
  userName: 'a user name',
  signingCertificate: 'a signature',
};

const httpSchemes: Readonly<Record<NonNullable<PolicyNeeds['http']>, SecurityScheme>> = {
  Basic: { name: 'HttpBasicAuthentication', scheme: 'basic' },
  Digest: { name: 'HttpDigestAuthentication', scheme: 'other', says: 'http digest' },
  Negotiate: { name: 'NegotiateAuthentication', scheme: 'other', says: 'http negotiate' },
  Ntlm: { name: 'NtlmAuthentication', scheme: 'other', says: 'http ntlm' },
};

/** How callers authenticate, as far as policies say; for the proposal of a connection. */
export function schemesOf(needs: readonly PolicyNeeds[]): SecurityScheme[] {
  const schemes = new Map<string, SecurityScheme>();
  const add = (scheme: SecurityScheme) => schemes.set(scheme.name, scheme);
  for (const { http, security, clientCertificate } of needs) {
    if (http !== undefined) add(httpSchemes[http]);
    if (security.token !== undefined) add({ name: 'IssuedToken', scheme: 'bearer' });
    if (security.userName !== undefined) add({ name: 'UsernameToken', scheme: 'other', says: 'UsernameToken' });
    if (security.signature === true) add({ name: 'X509Token', scheme: 'other', says: 'X509Token' });
    if (clientCertificate) add({ name: 'ClientCertificate', scheme: 'other', says: 'mutualTLS' });
  }
  return [...schemes.values()];
}
