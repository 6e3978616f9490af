/** Who and what a server-to-server token of SharePoint is for. Identifiers are in lower case. */
export interface FarmApplication {
  readonly clientId: string;
  /** The trusted token issuer that the farm knows the certificate by. */
  readonly issuerId: string;
  readonly realm: string;
  /** The host of the site, with its port unless that is the scheme's own. */
  readonly host: string;
  /** Seconds since the epoch. */
  readonly notBefore: number;
  readonly expires: number;
}

/** The principal of SharePoint in every farm. */
const sharePoint = '00000003-0000-0ff1-ce00-000000000000';

const shared = ({ host, realm, notBefore, expires }: FarmApplication) => ({
  aud: `${sharePoint}/${host}@${realm}`,
  nbf: String(notBefore),
  exp: String(expires),
});

/** The claims of the application's own token. @param delegates whether it will speak for a person */
export function actorClaims(application: FarmApplication, delegates: boolean): Readonly<Record<string, string>> {
  const { clientId, issuerId, realm } = application;
  return {
    ...shared(application),
    iss: `${issuerId}@${realm}`,
    nameid: `${clientId}@${realm}`,
    ...(delegates ? { trustedfordelegation: 'true' } : {}),
  };
}

/** The unsigned token that speaks for a person, with the signed one of the application in it. @param sid the person's Windows SID */
export function outerToken(application: FarmApplication, sid: string, actorToken: string): string {
  const claims = {
    ...shared(application),
    iss: `${application.clientId}@${application.realm}`,
    nameid: sid,
    nii: 'urn:office:idp:activedirectory',
    actortoken: actorToken,
  };
  const part = (value: object): string => Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
  return `${part({ typ: 'JWT', alg: 'none' })}.${part(claims)}.`;
}
