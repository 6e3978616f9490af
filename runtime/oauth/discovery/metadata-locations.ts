import { CallerError } from '../../../config/model/errors.js';

/** Where a provider's metadata may be, and the issuer that it must name there. */
export interface MetadataLocations {
  /** In the order in which they are tried. */
  readonly urls: readonly string[];
  /** Whether a document's `issuer` is the one that was asked for. */
  readonly isIssuer: (issuer: string) => boolean;
  /** For messages. */
  readonly issuer: string;
}

/**
 * A metadata URL, or an issuer. An issuer's document is looked for where OpenID Connect Discovery §4 appends the well-known path to it,
 * then where RFC 8414 §3.1 inserts it between host and path.
 *
 * @throws CallerError REQUEST_INVALID for what is no http or https URL
 */
export function metadataLocations(text: string): MetadataLocations {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (
    url === undefined ||
    !/^https?:$/.test(url.protocol) ||
    url.username !== '' ||
    url.search !== '' ||
    url.hash !== ''
  ) {
    throw new CallerError(
      'REQUEST_INVALID',
      `"${text.slice(0, 200)}" is neither a metadata URL nor an issuer; write it as https://host/path.`,
    );
  }
  const { origin, pathname } = url;
  const [, before = '', after = ''] =
    /^(.*?)\/\.well-known\/(?:openid-configuration|oauth-authorization-server)(\/.*)?$/.exec(pathname) ?? [];
  if (/\/\.well-known\/(openid-configuration|oauth-authorization-server)(\/|$)/.test(pathname)) {
    const issuer = origin + before + after.replace(/\/$/, '');
    // The well-known path is appended after a final slash is taken away, so the document's URL does not tell whether there is one.
    return { urls: [url.href], issuer, isIssuer: (named) => named === issuer || named === `${issuer}/` };
  }
  const path = pathname.replace(/\/$/, '');
  return {
    urls: [
      `${origin}${path}/.well-known/openid-configuration`,
      `${origin}/.well-known/oauth-authorization-server${path}`,
      ...(path === '' ? [] : [`${origin}/.well-known/openid-configuration${path}`]),
    ],
    issuer: text,
    isIssuer: (named) => named === text,
  };
}
