/** An address that the server names, to lead people to; undefined when it is none of the web, such as `javascript:`, which is code. */
export function webAddress(text: string | undefined): string | undefined {
  if (text === undefined || !URL.canParse(text, location.href)) return undefined;
  const { protocol, href } = new URL(text, location.href);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}
