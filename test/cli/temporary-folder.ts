import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for one suite; it is removed afterwards. */
export function temporaryFolder(): { path(...parts: string[]): string; write(name: string, content: string): string } {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'smartwright-cli-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  const path = (...parts: string[]): string => join(folder, ...parts);
  return {
    path,
    write(name, content) {
      writeFileSync(path(name), content);
      return path(name);
    },
  };
}
