/**
 * The form in which a caller wants a result:
 * - `json`: the value, or a page of a list;
 * - `bytes`: a file as what it is, where the result is one, and JSON where it is not;
 * - `lines`: all items of a list, a line of JSON each (`application/x-ndjson`), as they arrive;
 * - `events`: the same as server-sent events (`text/event-stream`), with a fault under way told as an event.
 */
export type Form = 'json' | 'bytes' | 'lines' | 'events';

const forms: Readonly<Record<string, Form>> = {
  '*/*': 'json',
  'application/*': 'json',
  'application/json': 'json',
  'application/x-ndjson': 'lines',
  'application/ndjson': 'lines',
  'application/jsonl': 'lines',
  'text/event-stream': 'events',
};

/** Media types that say nothing of the form: errors are told so in any case. */
const ofProblems = new Set(['application/problem+json']);

/** The form that an `Accept` header prefers; of equals the first (RFC 9110 §12.5.1). Any other media type is that of a file. */
export function wantedForm(accept: string | undefined): Form {
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return 'json';
  let best: { form: Form; quality: number } = { form: 'json', quality: 0 };
  for (const range of accept.slice(0, 1_000).split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    if (type === '' || ofProblems.has(type)) continue;
    const quality = qualityOf(parameters);
    if (quality > best.quality)
      best = { form: Object.hasOwn(forms, type) ? (forms[type] ?? 'json') : 'bytes', quality };
  }
  return best.form;
}

function qualityOf(parameters: readonly string[]): number {
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  const number = quality === undefined ? 1 : Number(quality);
  return Number.isNaN(number) ? 1 : number;
}
