/** A JSON object. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a body is: its JSON, or its text where it is none. */
export function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What an answer says, whichever of `odata=verbose`, `minimalmetadata` and `nometadata` it is written in: verbose has it in `d`. */
export function contentOf(answer: unknown): unknown {
  return isFields(answer) && isFields(answer.d) && Object.keys(answer).length === 1 ? answer.d : answer;
}

/** The members of a collection: an array, `{ value: [] }`, or `{ results: [] }` as verbose answers have it. Anything else has none. */
export function membersOf(answer: unknown): readonly unknown[] {
  const content = contentOf(answer);
  if (Array.isArray(content)) return content;
  if (!isFields(content)) return [];
  if (Array.isArray(content.value)) return content.value;
  return Array.isArray(content.results) ? content.results : [];
}

/** The same, members that are objects only. */
export function recordsOf(answer: unknown): readonly Fields[] {
  return membersOf(answer).filter(isFields);
}

/** The one thing that an answer is about. A function's result is in `value`, or in verbose under the function's name. */
export function recordOf(answer: unknown): Fields {
  const content = contentOf(answer);
  return isFields(content) ? content : {};
}

/** The position that the next page starts from, as the link to it has it; undefined on the last page. */
export function skipTokenOf(answer: unknown): string | undefined {
  const content = recordOf(answer);
  const link = content['odata.nextLink'] ?? content['@odata.nextLink'] ?? content.__next;
  if (typeof link !== 'string') return undefined;
  const query = link.replace(/^[^?]*\?/s, '').replace(/#.*$/s, '');
  const parameters = new URLSearchParams(query);
  return parameters.get('$skiptoken') ?? undefined;
}

export function textIn(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Numbers may be written as text: `Edm.Int64` and `Edm.Double` in verbose answers. */
export function numberIn(fields: Fields, name: string): number | undefined {
  const value = fields[name];
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

export function flagIn(fields: Fields, name: string): boolean {
  return fields[name] === true;
}

/** The entity tag of an item: `odata.etag` in minimal metadata, `__metadata.etag` in verbose. */
export function etagIn(fields: Fields): string | undefined {
  const metadata = fields.__metadata;
  return (
    textIn(fields, 'odata.etag') ??
    textIn(fields, '@odata.etag') ??
    (isFields(metadata) ? textIn(metadata, 'etag') : undefined)
  );
}
