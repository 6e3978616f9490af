import { pointerTo, type Site } from '../load/index.js';

/** The place some steps below another one of the same document. */
export function below(site: Site, ...steps: string[]): Site {
  return { ...site, pointer: steps.reduce(pointerTo, site.pointer) };
}
