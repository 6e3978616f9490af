import { essence } from '../../http/media-type.js';
import type { Codec } from '../plan.js';

/** How bodies of a media type are read and written. A type that is not known is bytes. */
export function codecOf(mediaType: string): Codec {
  const type = essence(mediaType);
  if (type === '' || type === '*/*' || type === 'application/*') return 'json';
  const exact = CODECS[type];
  if (exact !== undefined) return exact;
  if (type.endsWith('+json-seq')) return 'json-seq';
  if (type.endsWith('+json') || type.endsWith('/json')) return 'json';
  if (type.endsWith('+xml') || type.endsWith('/xml')) return 'xml';
  if (type.startsWith('multipart/')) return 'multipart';
  return type.startsWith('text/') ? 'text' : 'binary';
}

const CODECS: Readonly<Record<string, Codec>> = {
  'application/x-www-form-urlencoded': 'form',
  'text/event-stream': 'event-stream',
  'application/x-ndjson': 'json-lines',
  'application/ndjson': 'json-lines',
  'application/jsonl': 'json-lines',
  'application/x-jsonl': 'json-lines',
  'application/x-jsonlines': 'json-lines',
  'application/json-lines': 'json-lines',
  'application/jsonlines': 'json-lines',
  'application/stream+json': 'json-lines',
  'application/json-seq': 'json-seq',
  'application/javascript': 'text',
  'application/graphql': 'text',
  'application/yaml': 'text',
  'application/x-yaml': 'text',
};

const RANKS: Readonly<Record<Codec, number>> = {
  json: 0,
  form: 2,
  multipart: 3,
  xml: 4,
  'json-lines': 5,
  'json-seq': 5,
  'event-stream': 6,
  text: 7,
  binary: 8,
  none: 9,
};

/** The order in which media types are preferred: JSON, its relatives, forms, XML, streams, text, bytes. */
export function mediaRank(mediaType: string): number {
  const codec = codecOf(mediaType);
  return codec === 'json' && essence(mediaType) !== 'application/json' ? 1 : RANKS[codec];
}

/** Sorted by preference; what is equally preferred stays in its order. */
export function byPreference<T>(items: readonly T[], mediaType: (item: T) => string): T[] {
  return items.toSorted((a, b) => mediaRank(mediaType(a)) - mediaRank(mediaType(b)));
}
