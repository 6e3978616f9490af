/**
 * Where to go after signing in: a path on this server, or `/`. Anything that could lead elsewhere is dropped (`//host`, `/\host`,
 * a scheme, control characters that browsers skip), RFC 9700 §4.11.
 */
export function safeNext(next: string | null | undefined): string {
  if (typeof next !== 'string' || !/^\/(?![/\\])[\x21-\x7e]*$/.test(next) || next.includes('\\')) return '/';
  const base = 'http://own.invalid';
  const url = URL.canParse(next, base) ? new URL(next, base) : undefined;
  if (url?.origin !== base || url.pathname.startsWith('//')) return '/';
  return url.pathname + url.search;
}

/**
 * Where a sign-in form's answer redirects to. A consent goes on to the provider by a redirect, and `form-action 'self'` holds for
 * every redirect that follows a form (CSP 3 §6.4.3.2): a page in between ends the chain.
 */
export function afterForm(next: string): string {
  return next.startsWith('/oauth/') ? `/sign-in/continue?${new URLSearchParams({ next })}` : next;
}
