/** The formats that JSON Schema does not have. Each tells what is wrong with a text; undefined: nothing. */
export const faultOfFormat: Readonly<Record<string, (text: string) => string | undefined>> = {
  endpoint: endpointFault,
  'allowed-host': allowedHostFault,
};

/** RFC 6749 §3.1 and §3.2: an absolute URI without a fragment; http only serves a loopback or private host, so it is allowed. */
function endpointFault(text: string): string | undefined {
  if (!URL.canParse(text)) return 'is not an absolute URL; write it as https://host/path';
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return `has the scheme "${url.protocol.slice(0, -1)}"; it must be https or http`;
  }
  if (text.includes('#')) return 'has a fragment (#…), which an OAuth endpoint must not have; remove it';
  if (url.username !== '' || url.password !== '') return 'has a user name or password in it; give those as parameters';
  return undefined;
}

const name = '[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?';
const host = new RegExp(`^(?:\\*\\.)?${name}(?:\\.${name})*(?::\\d{1,5})?$`);
const address = /^(?:\[[0-9A-Fa-f:.]+\](?::\d{1,5})?|[0-9A-Fa-f:.]+(?:\/\d{1,3})?)$/;

/** `host`, `host:port`, `*.suffix`, an address, or a CIDR block (RFC 4632). */
function allowedHostFault(text: string): string | undefined {
  if (host.test(text) || address.test(text)) return undefined;
  return 'is not a host; write host, host:port, *.suffix or a CIDR block such as 10.0.0.0/8';
}
