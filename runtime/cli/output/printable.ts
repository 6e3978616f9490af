/** Text from a service or a document on one line, so that it cannot move the cursor or recolour the terminal. */
export function printable(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '�')
    .trim();
}
