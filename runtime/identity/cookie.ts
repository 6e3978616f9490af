/** The session's cookie (RFC 6265). */
export interface SessionCookie {
  readonly name: string;
  readonly secure: boolean;
}

/** Over https the name carries `__Host-`: browsers then take it from this very host only, and only secure. */
export function sessionCookie(publicUrl: string): SessionCookie {
  const secure = publicUrl.startsWith('https:');
  return { name: secure ? '__Host-smartwright' : 'smartwright_session', secure };
}

/**
 * A `Set-Cookie` value. Scripts cannot read the cookie (HttpOnly), and other sites' pages send it along only when they navigate
 * here (SameSite=Lax), which the provider's redirect to the callback needs.
 */
export function setCookie({ name, secure }: SessionCookie, value: string, maxAge: number): string {
  return `${name}=${value}; Path=/; Max-Age=${Math.floor(maxAge / 1000)}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}

/** The value of a cookie in a `Cookie` header; undefined when it is not there. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined;
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}
