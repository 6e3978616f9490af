import { readdirSync, readFileSync } from 'node:fs';
import { JSON_SCHEMA, load } from 'js-yaml';
import type { Preset } from '../model/preset.js';

const folder = new URL('./', import.meta.url);

let known: ReadonlyMap<string, Preset> | undefined;

/**
 * Every preset by name, in alphabetical order: a YAML file each beside this module. They are read once, when one is first asked for.
 * That they are valid is a test's business.
 */
export function presets(): ReadonlyMap<string, Preset> {
  known ??= new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => load(readFileSync(new URL(file, folder), 'utf8'), { schema: JSON_SCHEMA }) as Preset)
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((preset) => [preset.name, preset]),
  );
  return known;
}
