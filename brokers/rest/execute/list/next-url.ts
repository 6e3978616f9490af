import { inputInvalid } from '../../../input-error.js';

/**
 * The URL of the next page, if it may be followed: it has the origin of the request and stands below the service's base path, so
 * that credentials go nowhere that the service instance does not.
 *
 * @param next absolute, or relative to `url`
 * @param url of the request
 * @param server the service's base URL
 * @throws CallerError INPUT_INVALID
 */
export function followed(next: string, url: string, server: string): string {
  const base = new URL(url);
  if (!URL.canParse(next, url)) throw inputInvalid('$next', 'leads to something that is no URL');
  const target = new URL(next, base);
  // A service behind a proxy that ends TLS often writes its own links with http.
  if (
    target.protocol === 'http:' &&
    base.protocol === 'https:' &&
    target.hostname === base.hostname &&
    target.port === ''
  ) {
    target.protocol = 'https:';
    target.port = base.port;
  }
  if (target.origin !== base.origin || target.username !== '' || target.password !== '') {
    throw inputInvalid(
      '$next',
      `leads to ${target.host}, which is not ${base.host}: pages of another host are not followed`,
    );
  }
  const root = new URL(server).pathname.replace(/\/*$/, '/');
  if (!`${target.pathname}/`.startsWith(root)) throw inputInvalid('$next', `leads out of ${base.host}${root}`);
  target.hash = '';
  return target.href;
}

/** The target of `rel="next"` in a Link header (RFC 8288 §3); relative to the request's URL. */
export function nextLink(header: string | readonly string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const text = typeof header === 'string' ? header : header.join(', ');
  for (const [, target, parameters = ''] of text.matchAll(
    /<([^>]*)>((?:\s*;\s*[^\s=;,]+(?:\s*=\s*(?:"[^"]*"|[^\s",;]*))?)*)/g,
  )) {
    const rel = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s",;]*))/i.exec(parameters);
    const relations = (rel?.[1] ?? rel?.[2] ?? '').toLowerCase().split(/\s+/);
    if (relations.includes('next')) return target;
  }
  return undefined;
}
