import type { MethodRule, Overlay } from '../../config/model/overlay.js';
import { unfit } from './fault.js';
import type { WorkingCopy, WorkingMethod } from './working-copy.js';

/** A method with the names that it gets. */
export interface Placed {
  readonly working: WorkingMethod;
  readonly object: string;
  readonly name: string;
}

/** What an overlay calls a discovered object. */
export const objectNameIn = ({ objects = {} }: Overlay, name: string): string => objects[name]?.name ?? name;

/**
 * The methods that are not hidden with the names that an overlay gives. Where two would have one name, the one that stays where
 * it is has it, and the rule that wants it for the other is not applied.
 */
export function placeMethods(copy: WorkingCopy, overlay: Overlay): Placed[] {
  const rules = rulesByMethod(copy, overlay);
  const unmoved = new Set<WorkingMethod>();
  for (;;) {
    const { placed, clash } = attempt(copy, overlay, rules, unmoved);
    if (clash === undefined) return placed;
    // Each turn takes one rule away, so this comes to an end.
    unmoved.add(clash.working);
    const key = rules.get(clash.working)?.key;
    const path = key === undefined ? ['objects', clash.working.object, 'name'] : ['methods', key];
    const name = `${clash.object}.${clash.name}`;
    copy.faults.push(unfit(path, `There would be two methods "${name}". Give one of them another name.`));
  }
}

type Rules = ReadonlyMap<WorkingMethod, { readonly key: string; readonly rule: MethodRule }>;

function rulesByMethod(copy: WorkingCopy, { methods = {} }: Overlay): Rules {
  const rules = new Map<WorkingMethod, { key: string; rule: MethodRule }>();
  for (const [key, rule] of Object.entries(methods)) {
    const working = copy.method(key);
    if (working !== undefined) rules.set(working, { key, rule: { ...rules.get(working)?.rule, ...rule } });
  }
  return rules;
}

function attempt(
  copy: WorkingCopy,
  overlay: Overlay,
  rules: Rules,
  unmoved: ReadonlySet<WorkingMethod>,
): { placed: Placed[]; clash?: Placed } {
  const wanted = copy.methods
    .filter(({ hidden }) => !hidden)
    .map((working) => wantedPlace(working, overlay, rules, unmoved));
  const taken = new Map<string, Placed>();
  const isMoved = ({ working, object, name }: Placed) => object !== working.object || name !== working.name;
  for (const one of wanted.toSorted((a, b) => Number(isMoved(a)) - Number(isMoved(b)))) {
    const key = `${one.object}.${one.name}`.toLowerCase();
    if (taken.has(key)) return { placed: wanted, clash: one };
    taken.set(key, one);
  }
  return { placed: wanted };
}

function wantedPlace(
  working: WorkingMethod,
  overlay: Overlay,
  rules: Rules,
  unmoved: ReadonlySet<WorkingMethod>,
): Placed {
  if (unmoved.has(working)) return { working, object: working.object, name: working.name };
  const { object = working.object, name = working.name } = rules.get(working)?.rule ?? {};
  return { working, object: objectNameIn(overlay, object), name };
}
