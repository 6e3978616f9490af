import { isRawObject, member } from './raw.js';

/** One more step on a JSON Pointer. RFC 6901 §3. */
export function pointerTo(pointer: string, key: string | number): string {
  const text = String(key);
  return `${pointer}/${text.includes('~') || text.includes('/') ? text.replaceAll('~', '~0').replaceAll('/', '~1') : text}`;
}

/** The unescaped steps of a JSON Pointer. */
export function pointerSegments(pointer: string): string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The pointer within a URI fragment: percent-decoded (RFC 6901 §6); a fragment that cannot be decoded stays as it is. */
export function decodeFragment(fragment: string): string {
  if (!fragment.includes('%')) return fragment;
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** The value that a pointer names, or undefined when there is none. A pointer with a slash at its end is tolerated. */
export function valueAt(root: unknown, pointer: string): unknown {
  let value = root;
  for (const segment of pointerSegments(pointer)) {
    if (Array.isArray(value)) value = value[Number(segment)];
    else if (isRawObject(value)) value = segment === '' ? (member(value, '') ?? value) : member(value, segment);
    else return undefined;
  }
  return value;
}
