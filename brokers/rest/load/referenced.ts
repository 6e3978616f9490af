import { SmartwrightError } from '../../../config/model/errors.js';
import { isLocal } from '../../source/index.js';
import { type Documents, type LoadedDocument, type Located, locationOf, type Site } from './documents.js';
import { withoutFragment } from './identifiers.js';
import { rawObject } from './raw.js';
import { walkKeywords } from './schema-walk.js';

/** More documents than this do not belong to one descriptor. */
const MAX_DOCUMENTS = 2_000;

/** A document that a reference names. */
export interface Wanted {
  /** Where it is to be read from. */
  readonly url: string;
  /** What the reference calls it; another URL than that where `$self` or `$id` gives the referring document another name. */
  readonly name: string;
  readonly referrer: LoadedDocument;
}

/**
 * Loads the documents that the operations of a descriptor reach by references, directly or through other references. A
 * component that no operation uses loads nothing. A document that cannot be had is a warning, once; what refers to it is
 * reported as dangling where it is used.
 */
export async function loadReferenced(documents: Documents, load: (wanted: Wanted) => Promise<void>): Promise<void> {
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
      const fault = await loadFirst(placesOf(ref, site, target), load);
      if (fault !== undefined) {
        failed.add(target);
        documents.findings.warn('REFERENCE_UNAVAILABLE', fault, { location: locationOf(site) });
      }
      documents.forgetDangling();
      const after = documents.resolve(ref, site);
      if (after) pending.push(after);
    }
  }
}

/**
 * Where a referenced document may be. One that stands beside the referring file is meant before one of the same name elsewhere:
 * a description with a `$self` is often kept in a folder with its parts.
 */
function placesOf(ref: string, { document }: Site, target: string): Wanted[] {
  const wanted = { url: target, name: target, referrer: document };
  const beside = targetOf(ref, document.url);
  if (beside === undefined || beside === target) return [wanted];
  const sibling = { ...wanted, url: beside };
  return isLocal(document.url) ? [sibling, wanted] : [wanted, sibling];
}

/** Loads the first document that can be had. @returns why the last one could not */
async function loadFirst(
  places: readonly Wanted[],
  load: (wanted: Wanted) => Promise<void>,
): Promise<string | undefined> {
  let fault: string | undefined;
  for (const place of places) {
    try {
      await load(place);
      return undefined;
    } catch (error) {
      if (!(error instanceof SmartwrightError) || error.code === 'CANCELLED') throw error;
      fault = error.message;
    }
  }
  return fault;
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
