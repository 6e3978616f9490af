import type { Declaration } from './declare.js';
import { intersection, type TsType, UNKNOWN, union } from './ts-type.js';

/**
 * Cuts the aliases that stand for nothing but themselves (`type A = B | null; type B = A`), which TypeScript refuses: where
 * the circle closes, `unknown` takes the place of the reference. A circle through an object, an array or a tuple is legal
 * and stays.
 */
export function cutCircularAliases(declarations: readonly Declaration[]): Declaration[] {
  const direct = new Map(declarations.map((declaration) => [declaration.name, directReferences(declaration)]));
  const cuts = closingEdges(direct);
  return declarations.map((declaration) => {
    const cut = cuts.get(declaration.name);
    return cut === undefined || declaration.kind !== 'alias'
      ? declaration
      : { ...declaration, type: without(declaration.type, cut) };
  });
}

function directReferences(declaration: Declaration): string[] {
  const names: string[] = [];
  if (declaration.kind === 'interface') names.push(...declaration.bases);
  else collectDirect(declaration.type, names);
  return names;
}

function collectDirect(type: TsType, names: string[]): void {
  if (type.kind === 'reference') names.push(type.name);
  else if (type.kind === 'union' || type.kind === 'intersection')
    for (const member of type.members) collectDirect(member, names);
}

/** For each alias, the references that close a circle: depth first, without recursion, so that a long chain is no problem. */
function closingEdges(direct: ReadonlyMap<string, readonly string[]>): Map<string, Set<string>> {
  const cuts = new Map<string, Set<string>>();
  const done = new Set<string>();
  const open = new Set<string>();
  for (const start of direct.keys()) {
    if (done.has(start)) continue;
    const path = [{ name: start, next: 0 }];
    open.add(start);
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const target = direct.get(step.name)?.[step.next++];
      if (target === undefined) {
        open.delete(step.name);
        done.add(step.name);
        path.pop();
      } else if (open.has(target)) {
        cuts.set(step.name, (cuts.get(step.name) ?? new Set()).add(target));
      } else if (!done.has(target) && direct.has(target)) {
        open.add(target);
        path.push({ name: target, next: 0 });
      }
    }
  }
  return cuts;
}

function without(type: TsType, cut: ReadonlySet<string>): TsType {
  if (type.kind === 'reference') return cut.has(type.name) ? UNKNOWN : type;
  if (type.kind === 'union') return union(type.members.map((member) => without(member, cut)));
  if (type.kind === 'intersection') return intersection(type.members.map((member) => without(member, cut)));
  return type;
}
