import type { Item } from '../plan.js';

/** The properties that an item fills. */
export function propertiesOf(item: Item): string[] {
  return item.kind === 'choice' ? item.options.flatMap((option) => option.flatMap(propertiesOf)) : [item.property];
}
