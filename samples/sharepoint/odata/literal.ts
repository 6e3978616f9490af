/** What a URL gives an argument: text, a number, a truth value or nothing. GUIDs and dates arrive as their text. */
export type Literal = string | number | boolean | null;

/** Arguments of a segment: by name, or by place under `0`, `1`, … Names are in lower case. */
export type Args = Readonly<Record<string, Literal>>;

/** `'it''s'`, `guid'…'`, `datetime'…'`, `12`, `true`, `null`; anything else is its own text. */
export function readLiteral(text: string): Literal {
  const quoted = /^(?:guid|datetime|datetimeoffset|binary)?'([\s\S]*)'$/i.exec(text);
  if (quoted !== null) return (quoted[1] ?? '').replaceAll("''", "'");
  if (/^-?\d+(\.\d+)?([eE][-+]?\d+)?[LMDF]?$/i.test(text)) return Number.parseFloat(text);
  const words: Readonly<Record<string, Literal>> = { true: true, false: false, null: null };
  const lower = text.toLowerCase();
  return lower in words ? (words[lower] ?? null) : text;
}
