import { SmartwrightError } from '../../../config/model/errors.js';
import { type Documents, type Located, locationOf, type Site } from './documents.js';
import { withoutFragment } from './identifiers.js';
import { rawObject } from './raw.js';
import { walkKeywords } from './schema-walk.js';

/** More documents than this do not belong to one descriptor. */
const MAX_DOCUMENTS = 2_000;

/**
 * Loads the documents that the operations of a descriptor reach by references, directly or through other references. A
 * component that no operation uses loads nothing. A document that cannot be had is a warning, once; what refers to it is
 * reported as dangling where it is used.
 */
export async function loadReferenced(documents: Documents, load: (url: string) => Promise<void>): Promise<void> {
  const seen = new Set<object>();
  const failed = new Set<string>();
  const asked = new Set<string>();
  const pending: Located[] = starts(documents);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const { ref, site } of references(next, seen)) {
      const target = targetOf(ref, site.base);
      if (target === undefined || failed.has(target)) continue;
      const before = documents.resolve(ref, site);
      if (before) {
        pending.push(before);
        continue;
      }
      if (asked.has(target) || asked.size >= MAX_DOCUMENTS) continue;
      asked.add(target);
      try {
        await load(target);
      } catch (error) {
        if (!(error instanceof SmartwrightError) || error.code === 'CANCELLED') throw error;
        failed.add(target);
        documents.findings.warn('REFERENCE_UNAVAILABLE', error.message, { location: locationOf(site) });
      }
      documents.forgetDangling();
      const after = documents.resolve(ref, site);
      if (after) pending.push(after);
    }
  }
}

function starts(documents: Documents): Located[] {
  const { descriptor, rootSite } = documents;
  return ['paths', 'x-ms-paths'].map((key) => ({
    value: rawObject(descriptor[key]),
    site: { ...rootSite, pointer: `/${key}` },
  }));
}

/** The references below a value, in places where a reference is one. */
function references(from: Located, seen: Set<object>): { ref: string; site: Site }[] {
  const found: { ref: string; site: Site }[] = [];
  const bases = from.site.document.identifiers.byId.size > 0 ? from.site.document.identifiers : undefined;
  walkKeywords(
    from.value,
    from.site.pointer,
    (value, pointer) => {
      if (typeof value.$ref !== 'string') return;
      const base = bases === undefined ? from.site.base : baseAt(bases.byId, pointer, from.site.base);
      found.push({ ref: value.$ref, site: { ...from.site, base, pointer } });
    },
    seen,
  );
  return found;
}

/** The nearest `$id` above a place. */
function baseAt(byId: ReadonlyMap<string, string>, pointer: string, base: string): string {
  let best = base;
  let length = -1;
  for (const [id, at] of byId) {
    if ((pointer === at || pointer.startsWith(`${at}/`)) && at.length > length) {
      best = id;
      length = at.length;
    }
  }
  return best;
}

function targetOf(ref: string, base: string): string | undefined {
  return URL.canParse(ref, base) ? withoutFragment(new URL(ref, base).href) : undefined;
}
