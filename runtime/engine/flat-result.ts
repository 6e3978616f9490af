import type { MethodResult, StreamedResult } from '../../brokers/broker.js';
import type { FlatShape } from '../../config/model/flat-property.js';
import { flattenValue } from '../../config/model/flat-value.js';

/** The flat form of a result: of the object, or of each item of a list. What a list says beside its items stays as it is. */
export function flattenResult(result: MethodResult, shape: FlatShape): MethodResult {
  if ('items' in result) return { ...result, items: result.items.map((item) => flattenValue(item, shape)) };
  return { value: flattenValue(result.value, shape) };
}

/** The same for a result that arrives; the bytes of a file stay as they are. */
export function flattenStreamed(result: StreamedResult, shape: FlatShape): StreamedResult {
  if ('bytes' in result) return result;
  if ('arriving' in result) return { ...result, arriving: flattening(result.arriving, shape) };
  return flattenResult(result, shape);
}

async function* flattening(items: AsyncIterable<unknown>, shape: FlatShape): AsyncGenerator<unknown, void, undefined> {
  for await (const item of items) yield flattenValue(item, shape);
}
