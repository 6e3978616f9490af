import { emptyShape, type Shape } from './shape.js';
import type { TsType } from './ts-type.js';

/** What a schema says, sorted: the named types and members that it is composed of, and everything else. */
export interface Parts {
  readonly references: Set<string>;
  readonly shape: Shape;
  /** Types that hold together with the others: unions, enumerations, composed scalars. */
  readonly others: TsType[];
  /** What `type` alone says; counts only when nothing else does. */
  own: TsType | undefined;
}

export const emptyParts = (): Parts => ({ references: new Set(), shape: emptyShape(), others: [], own: undefined });
