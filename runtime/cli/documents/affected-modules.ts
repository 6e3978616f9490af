import { join } from 'node:path';
import { callingModules } from '../../../codegen/index.js';
import { worst } from '../../../config/model/description-difference.js';
import type { Review } from '../../admin/review.js';
import type { AffectedModule } from '../output/review.js';

/** The generated modules in some folders that call a method which a change touches, breaking changes first. */
export function affectedModules({ dependents }: Review, folders: readonly string[]): AffectedModule[] {
  const impacts = new Map(dependents.map(({ object, method, impact }) => [`${object}.${method}`, impact]));
  const affected = folders.flatMap((folder) =>
    callingModules(folder).flatMap(({ path, calls }): AffectedModule[] => {
      const names = calls.map(({ object, method }) => `${object}.${method}`);
      const touched = names.flatMap((name) => impacts.get(name) ?? []);
      if (touched.length === 0) return [];
      const impact = worst(touched);
      return [{ path: join(folder, path), calls: names.filter((name) => impacts.get(name) === impact), impact }];
    }),
  );
  return (['breaking', 'warning', 'additive'] as const).flatMap((impact) =>
    affected.filter((module) => module.impact === impact),
  );
}
