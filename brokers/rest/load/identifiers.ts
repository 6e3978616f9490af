import { rawText } from './raw.js';
import { walkKeywords } from './schema-walk.js';

/** What a document calls by `$id`, `$anchor` and `$dynamicAnchor` (JSON Schema 2020-12 §8.2). */
export interface Identifiers {
  /** Absolute URI → the pointer of the schema that has it as `$id`. */
  readonly byId: ReadonlyMap<string, string>;
  /** `base#anchor` → the pointer of the schema. */
  readonly byAnchor: ReadonlyMap<string, string>;
}

const NONE: Identifiers = { byId: new Map(), byAnchor: new Map() };

/** Indexes a document's identifiers. A text without any is not walked. */
export function identifiersOf(root: unknown, url: string, text: string): Identifiers {
  if (!['$id', '$anchor', '$dynamicAnchor'].some((keyword) => text.includes(keyword))) return NONE;
  const byId = new Map<string, string>();
  const byAnchor = new Map<string, string>();
  const bases = new Map<string, string>([['', url]]);
  walkKeywords(root, '', (schema, pointer) => {
    let base = nearestBase(bases, pointer) ?? url;
    const id = rawText(schema.$id);
    if (id !== undefined && !id.startsWith('#') && URL.canParse(id, base)) {
      base = withoutFragment(new URL(id, base).href);
      bases.set(pointer, base);
      if (!byId.has(base)) byId.set(base, pointer);
    }
    for (const anchor of [schema.$anchor, schema.$dynamicAnchor]) {
      if (typeof anchor === 'string') byAnchor.set(`${base}#${anchor}`, pointer);
    }
  });
  return { byId, byAnchor };
}

export function withoutFragment(url: string): string {
  const hash = url.indexOf('#');
  return hash === -1 ? url : url.slice(0, hash);
}

function nearestBase(bases: ReadonlyMap<string, string>, pointer: string): string | undefined {
  if (bases.size === 1) return bases.get('');
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const base = bases.get(at);
    if (base !== undefined || at === '') return base;
  }
}
