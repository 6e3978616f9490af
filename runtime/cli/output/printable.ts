/** Characters that move the cursor, recolour the terminal or turn the direction of reading. */
const control = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text from a service or a document on one line, so that it cannot play with the terminal. */
export function printable(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(control, '\ufffd').trim();
}

/** The same for text of several lines, which stay. */
export function printableLines(text: string): string {
  return text.replace(control, (character) => (character === '\n' ? character : '\ufffd'));
}
