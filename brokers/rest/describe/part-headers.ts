import type { JsonSchema } from '../../../config/model/json-schema.js';
import { pointerTo, rawObject, rawText } from '../load/index.js';
import type { ParameterPlan } from '../plan.js';
import type { Types } from '../types/index.js';
import type { BodyEntry } from './body.js';
import type { Operation } from './operations.js';

/** A header of one part of a multipart body, before it has an input's name. */
export interface PartHeader {
  /** The property that the part is written from. */
  readonly property: string;
  readonly plan: Omit<ParameterPlan, 'input'>;
  readonly schema: JsonSchema;
}

/** The headers that `encoding` declares for parts (OpenAPI 3.1 §4.8.15.1). `Content-Type` is what `contentType` says. */
export function partHeaders(types: Types, entry: BodyEntry, operation: Operation): PartHeader[] {
  const { documents } = types;
  const at = pointerTo(entry.mediaSite.pointer, 'encoding');
  return Object.entries(entry.encoding).flatMap(([property, encoding]) => {
    const inside = pointerTo(pointerTo(at, property), 'headers');
    return Object.entries(rawObject(rawObject(encoding).headers)).flatMap(([name, value]): PartHeader[] => {
      const place = { ...entry.mediaSite, pointer: pointerTo(inside, name) };
      const found =
        name.toLowerCase() === 'content-type' ? undefined : documents.follow({ value, site: place }, operation.label);
      if (found === undefined) return [];
      const raw = rawObject(found.value);
      const site = { ...found.site, pointer: pointerTo(found.site.pointer, 'schema') };
      const translated = types.translate({ value: raw.schema ?? { type: 'string' }, site });
      const description = rawText(raw.description);
      const schema =
        typeof translated === 'boolean' || description === undefined ? translated : { ...translated, description };
      return [{ property, plan: { name, style: 'simple', explode: raw.explode === true }, schema }];
    });
  });
}
