import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JSON_SCHEMA, load } from 'js-yaml';
import { findPackageFile } from '../model/package-file.js';
import type { Preset } from '../model/preset.js';

let known: ReadonlyMap<string, Preset> | undefined;

/**
 * Every preset by name, in alphabetical order: a YAML file each beside this module. They are read once, when one is first asked for.
 * That they are valid is a test's business.
 */
export function presets(): ReadonlyMap<string, Preset> {
  known ??= read(findPackageFile('config/presets'));
  return known;
}

const read = (folder: string): ReadonlyMap<string, Preset> =>
  new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => load(readFileSync(join(folder, file), 'utf8'), { schema: JSON_SCHEMA }) as Preset)
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((preset) => [preset.name, preset]),
  );
