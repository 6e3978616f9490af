/**
 * Makes text that a provider controls fit for a message: one line, no control or bidirectional formatting characters, at most
 * `limit` characters, and none of the secrets that the request carried (RFC 6749 §5.2 allows no more than printable ASCII;
 * providers send what they like).
 */
export function cleanProviderText(text: string, secrets: readonly string[] = [], limit = 300): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret.length >= 4) clean = clean.replaceAll(secret, '[secret]');
  }
  clean = clean
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return clean.length > limit ? `${clean.slice(0, limit - 1)}…` : clean;
}
