const LONGEST = 60;

/** A system name out of what people or addresses call a service: letters, digits and underscores, no leading digit. */
export function systemNameFrom(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '' && !/^(?:api|rest|the|openapi|swagger|v\d+)$/i.test(word));
  const joined = words
    .map((word, index) => (index === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('')
    .slice(0, LONGEST);
  return /^[a-z]/i.test(joined) ? joined : `service${joined}`;
}

/** Whether a host is not on the public internet, so that an instance must allow it. */
export const isPrivateHost = (host: string): boolean =>
  /^(?:localhost|.*\.(?:localhost|local|internal|lan)|127\.[\d.]+|10\.[\d.]+|192\.168\.[\d.]+|172\.(?:1[6-9]|2\d|3[01])\.[\d.]+|169\.254\.[\d.]+|\[.*\]|[^.]+)$/i.test(
    host,
  );

/** The host that an address names; undefined when it is no web address. */
export function hostOf(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) ? url.hostname : undefined;
}
