import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The absolute path of a file or folder of this package, by its path from the package's root: the same for the sources and for
 * what is built from them.
 */
export function findPackageFile(path: string): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const found = join(folder, path);
    if (existsSync(found)) return found;
    const parent = dirname(folder);
    if (parent === folder)
      throw new Error(`The installed package is incomplete: ${path} is missing. Install it again.`);
    folder = parent;
  }
}
