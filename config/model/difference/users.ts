import type { MethodName } from '../description-difference.js';
import { type Impact, impacts } from './impact.js';
import type { MethodNumber, Node, SchemaChange } from './schema-comparison.js';

export type UserNames = (method: MethodNumber) => MethodName | undefined;

/** The first methods that use one of the schemas, directly or through others. */
export function firstUsers(nodes: Iterable<Node>, most: number): MethodNumber[] {
  const methods = new Set<MethodNumber>();
  const reached = new Set<Node>(nodes);
  // A set that grows while it is walked is walked to its end.
  for (const node of reached) {
    for (const user of node.users) {
      if (typeof user !== 'number') reached.add(user);
      else methods.add(user);
      if (methods.size >= most) return ordered(methods);
    }
  }
  return ordered(methods);
}

const ordered = (methods: Iterable<MethodNumber>): MethodNumber[] => [...methods].sort((a, b) => a - b);

/** Every method that uses a schema with a change, with the worst of its changes. */
export function affectedBy(changes: readonly SchemaChange[]): Map<MethodNumber, Impact> {
  const affected = new Map<MethodNumber, Impact>();
  const reached = new Set<Node>();
  for (const impact of impacts) {
    const pending = changes.filter((change) => change.impact === impact).flatMap(({ nodes }) => [...nodes]);
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (reached.has(node)) continue;
      reached.add(node);
      for (const user of node.users) {
        if (typeof user !== 'number') pending.push(user);
        else if (!affected.has(user)) affected.set(user, impact);
      }
    }
  }
  return affected;
}
