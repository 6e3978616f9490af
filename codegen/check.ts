import type { GeneratedFile } from './generate.js';
import { compare } from './import-lines.js';
import { readOutputFolder, sameText } from './output-folder.js';

/** A file that is not as it would be generated now. */
export interface Drift {
  readonly path: string;
  /** `stale`: an earlier run generated it, and it would not be generated now. */
  readonly kind: 'missing' | 'changed' | 'stale';
}

/** Compares an output folder with what would be written there; writes nothing. Empty when all is up to date. */
export function checkModules(files: readonly GeneratedFile[], dir: string): Drift[] {
  const existing = readOutputFolder(dir);
  const drift: Drift[] = [];
  for (const { path, content } of files) {
    const found = existing.get(path);
    if (found === undefined) drift.push({ path, kind: 'missing' });
    else if (!sameText(found.content, content)) drift.push({ path, kind: 'changed' });
    existing.delete(path);
  }
  for (const [path, { generated }] of existing) if (generated) drift.push({ path, kind: 'stale' });
  return drift.sort((a, b) => compare(a.path, b.path));
}
