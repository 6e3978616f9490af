import type { Broker } from '../../brokers/broker.js';
import type { Overlay } from '../../config/model/overlay.js';
import { reachableTypes } from '../../config/model/reachable-types.js';
import type { Description } from '../../config/model/service-object.js';
import { assemble } from './assemble.js';
import { type OverlayFault, unmatched } from './fault.js';
import { matches } from './patterns.js';
import { applyMethodRule, applyObjectRule, applyTypeRule } from './rules.js';
import { WorkingCopy, type WorkingMethod } from './working-copy.js';

/** A description as an overlay has it, and the rules that could not be applied. */
export interface Overlaid {
  readonly description: Description;
  readonly faults: readonly OverlayFault[];
}

/** Applies an overlay to what a discovery found. Changes neither; a rule that does not fit is left out and told. */
export async function applyOverlay(description: Description, overlay: Overlay, broker: Broker): Promise<Overlaid> {
  const copy = new WorkingCopy(description);
  for (const [name, rule] of Object.entries(overlay.methods ?? {})) {
    const working = copy.method(name);
    if (working === undefined) copy.faults.push(unmatched(['methods', name], 'method', name, copy.methodNames));
    else await applyMethodRule(copy, working, rule, broker, ['methods', name]);
  }
  for (const [name, rule] of Object.entries(overlay.objects ?? {})) {
    const working = copy.objects.get(name);
    if (working === undefined)
      copy.faults.push(unmatched(['objects', name], 'service object', name, copy.objects.keys()));
    else applyObjectRule(copy, working, rule, ['objects', name]);
  }
  for (const [name, rule] of Object.entries(overlay.types ?? {})) {
    if (Object.hasOwn(copy.types, name)) applyTypeRule(copy, name, rule, ['types', name]);
    else copy.faults.push(unmatched(['types', name], 'type', name, Object.keys(copy.types)));
  }
  checkChoices(copy, overlay);
  hide(copy, overlay);
  const serviceObjects = assemble(copy, overlay);
  return {
    description: { ...description, serviceObjects, types: reachableTypes(serviceObjects, copy.types) },
    faults: copy.faults,
  };
}

/** Leaves out what is hidden and what is not shown. */
function hide(copy: WorkingCopy, { hide: hidden = [], show }: Overlay): void {
  const find = (patterns: readonly string[], key: 'hide' | 'show'): Set<WorkingMethod> =>
    new Set(
      patterns.flatMap((pattern, index) => {
        const found = copy.methods.filter((working) => isMeant(pattern, working));
        const names = () => [...copy.objects.keys(), ...copy.methodNames];
        if (found.length === 0)
          copy.faults.push(unmatched([key, String(index)], 'object, method or operation', pattern, names()));
        return found;
      }),
    );
  const out = find(hidden, 'hide');
  const kept = show === undefined ? undefined : find(show, 'show');
  for (const working of copy.methods) working.hidden = out.has(working) || kept?.has(working) === false;
}

function isMeant(pattern: string, { object, name, method }: WorkingMethod): boolean {
  const names = [object, `${object}.${name}`, ...(method.origin === undefined ? [] : [method.origin.operation])];
  return names.some((known) => matches(pattern, known));
}

/** The methods that choices are to come from. */
function checkChoices(copy: WorkingCopy, { objects = {}, methods = {}, types = {} }: Overlay): void {
  const places = [
    ...Object.entries(objects).map(([name, { properties }]) => [['objects', name, 'properties'], properties] as const),
    ...Object.entries(methods).map(([name, { inputs }]) => [['methods', name, 'inputs'], inputs] as const),
    ...Object.entries(methods).map(([name, { outputs }]) => [['methods', name, 'outputs'], outputs] as const),
    ...Object.entries(types).map(([name, { properties }]) => [['types', name, 'properties'], properties] as const),
  ];
  for (const [at, rules] of places) {
    for (const [name, { choicesFrom }] of Object.entries(rules ?? {})) {
      if (choicesFrom === undefined || copy.method(choicesFrom.method) !== undefined) continue;
      copy.faults.push(
        unmatched([...at, name, 'choicesFrom', 'method'], 'method', choicesFrom.method, copy.methodNames),
      );
    }
  }
}
