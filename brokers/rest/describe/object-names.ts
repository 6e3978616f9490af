import { pascalCase } from '../../../config/model/names.js';
import type { Operation } from './operations.js';
import { singularPhrase } from './resource.js';

/** The name that a resource has by itself: by its path, else by the operation's tag, else by the service. */
export function objectName(nouns: readonly string[], tag: string | undefined, service: string): string {
  const [first, ...rest] = nouns;
  const tagged = tag === undefined ? undefined : singularPhrase(tag);
  if (first === undefined) return pascalCase(tagged ?? service);
  // `/t/{id}`: a letter names nothing, a tag does.
  return pascalCase([first.length < 2 ? (tagged ?? first) : first, ...rest].join(' '));
}

/** The operations of one object, with the name that it gets. */
export interface NamedGroup {
  readonly name: string;
  readonly operations: readonly Operation[];
}

/**
 * The operations that want one object name, by the version of the API that their path names: the earliest version has the name
 * itself, each later one has it with the version (`ContactV2`), so that a version that comes changes nothing.
 *
 * @param established the version that has had the name until now, undefined when the name is new
 */
export function byVersion(
  name: string,
  operations: readonly Operation[],
  established: { readonly version: string | undefined } | undefined,
): NamedGroup[] {
  const versions = new Map<string, Operation[]>();
  for (const operation of operations) {
    const version = operation.resource.version ?? '';
    const of = versions.get(version);
    if (of) of.push(operation);
    else versions.set(version, [operation]);
  }
  const [earliest] = [...versions.keys()].sort(compareVersions);
  const first = established === undefined ? earliest : (established.version ?? '');
  return [...versions].map(([version, of]) => ({
    name: version === first ? name : name + suffixOf(version),
    operations: of,
  }));
}

/** `v2` → `V2`, `2024-01` → `V2024_01`, `beta` → `Beta`; no version: `Unversioned`. */
function suffixOf(version: string): string {
  if (version === '') return 'Unversioned';
  const text = version.replace(/[^a-z0-9]+/gi, '_');
  return /^\d/.test(text) ? `V${text}` : text.charAt(0).toUpperCase() + text.slice(1);
}

/** Numbers by size; what has none (`beta`) after those that have; no version before all. */
function compareVersions(a: string, b: string): number {
  if (a === '' || b === '') return a === b ? 0 : a === '' ? -1 : 1;
  const [one, other] = [a, b].map((version) => (version.match(/\d+/g) ?? []).map(Number));
  if (one === undefined || other === undefined) return 0;
  if (one.length === 0 || other.length === 0) return other.length - one.length || (a < b ? -1 : 1);
  const [differing] = one.flatMap((number, index) => (number === other[index] ? [] : [number - (other[index] ?? -1)]));
  return differing ?? (one.length - other.length || (a < b ? -1 : 1));
}
