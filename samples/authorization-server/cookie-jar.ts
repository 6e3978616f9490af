interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

/** The cookies of one browser. As in a real one, all ports of a host share them (RFC 6265 §8.5). */
export class CookieJar {
  readonly #hosts = new Map<string, Map<string, Cookie>>();

  /** The `Cookie` header for a request. */
  header(url: URL): string {
    const cookies = [...(this.#hosts.get(url.hostname)?.values() ?? [])];
    return cookies
      .filter(({ path }) => matches(url.pathname, path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  /** Takes the `Set-Cookie` headers of an answer. */
  take(url: URL, headers: readonly string[]): void {
    for (const header of headers) this.set(url, header);
  }

  /** Takes one cookie, as a `Set-Cookie` header writes it: `name=value; Path=/`. */
  set(url: URL, header: string): void {
    const [pair = '', ...attributes] = header.split(';').map((part) => part.trim());
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    const attribute = (wanted: string) =>
      attributes.map((text) => text.split(/=(.*)/s)).find(([key]) => key?.toLowerCase() === wanted)?.[1];
    const cookie = { name, value, path: attribute('path') ?? '/' };
    const cookies = this.#hosts.get(url.hostname) ?? new Map<string, Cookie>();
    this.#hosts.set(url.hostname, cookies);
    const expires = Date.parse(attribute('expires') ?? '');
    const gone = attribute('max-age') === '0' || expires <= Date.now();
    if (gone) cookies.delete(`${name} ${cookie.path}`);
    else cookies.set(`${name} ${cookie.path}`, cookie);
  }
}

/** RFC 6265 §5.1.4. */
const matches = (pathname: string, path: string): boolean =>
  pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
