/** What the bytes 80 to 9F are in Windows-1252 (WHATWG Encoding Standard, index windows-1252). */
const upper = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * Text that a `TextDecoder` made of Windows-1252, or of what the web takes for it (`iso-8859-1`, `ascii`). Decoders of Node 20 give
 * the bytes 80 to 9F as control characters; others pass through unchanged.
 */
export function asWindows1252(text: string, { encoding }: { readonly encoding: string }): string {
  if (encoding !== 'windows-1252') return text;
  return text.replace(/[\u0080-\u009f]/g, (character) => upper[character.charCodeAt(0) - 0x80] ?? character);
}
