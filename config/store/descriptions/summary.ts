import { createHash } from 'node:crypto';
import type { Description } from '../../model/service-object.js';
import { canonicalJson } from '../canonical-json.js';
import type { DescriptionSummary } from '../store.js';

/** What a list shows of a description. */
export function summarise(instance: string, description: Description, describedAt: Date): DescriptionSummary {
  const { title, version, serviceObjects, types, operations, hosts, diagnostics, security } = description;
  return {
    instance,
    ...(title === undefined ? {} : { title }),
    ...(version === undefined ? {} : { version }),
    serviceObjects: serviceObjects.length,
    methods: serviceObjects.reduce((sum, { methods }) => sum + methods.length, 0),
    types: Object.keys(types).length,
    operations,
    hosts,
    diagnostics,
    ...(security === undefined ? {} : { security }),
    hash: hashOf(description),
    describedAt: describedAt.toISOString(),
  };
}

/** SHA-256 of the canonical JSON, hex; written object by object, since the whole text can be very long. */
function hashOf({ serviceObjects, types, ...rest }: Description): string {
  const hash = createHash('sha256');
  // Members in canonical order: those of `rest` that come before `serviceObjects`, that, the others, `types`, `version`.
  const members: [string, () => void][] = [
    ...Object.entries(rest)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]): [string, () => void] => [name, () => hash.update(canonicalJson(value))]),
    ['serviceObjects', () => writeList(serviceObjects)],
    ['types', () => writeMap(types)],
  ];
  members.sort(([one], [other]) => (one < other ? -1 : 1));
  hash.update('{');
  members.forEach(([name, write], index) => {
    hash.update(`${index === 0 ? '' : ','}${JSON.stringify(name)}:`);
    write();
  });
  return hash.update('}').digest('hex');

  function writeList(items: readonly unknown[]): void {
    hash.update('[');
    items.forEach((item, index) => {
      hash.update(`${index === 0 ? '' : ','}${canonicalJson(item)}`);
    });
    hash.update(']');
  }
  function writeMap(map: Readonly<Record<string, unknown>>): void {
    hash.update('{');
    const names = Object.keys(map).sort();
    names.forEach((name, index) => {
      hash.update(`${index === 0 ? '' : ','}${JSON.stringify(name)}:${canonicalJson(map[name])}`);
    });
    hash.update('}');
  }
}
