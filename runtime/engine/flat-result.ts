import type { MethodResult } from '../../brokers/broker.js';
import type { FlatShape } from '../../config/model/flat-property.js';
import { flattenValue } from '../../config/model/flat-value.js';

/** The flat form of a result: of the object, or of each item of a list. What a list says beside its items stays as it is. */
export function flattenResult(result: MethodResult, shape: FlatShape): MethodResult {
  if ('items' in result) return { ...result, items: result.items.map((item) => flattenValue(item, shape)) };
  return { value: flattenValue(result.value, shape) };
}
