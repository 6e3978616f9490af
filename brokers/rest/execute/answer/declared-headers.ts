import type { JsonSchema } from '../../../../config/model/json-schema.js';
import type { UpstreamResponse } from '../../../http/upstream.js';
import type { AnswerPlan } from '../../plan.js';

/** The declared headers of an answer by their declared names, in the types that their schemas ask for; undefined when none is there. */
export function declaredHeaders(
  plan: AnswerPlan | undefined,
  response: UpstreamResponse,
): Record<string, unknown> | undefined {
  if (plan?.headers === undefined) return undefined;
  const entries = plan.headers.flatMap(({ name, schema }): [string, unknown][] => {
    const value = response.headers[name.toLowerCase()];
    return value === undefined ? [] : [[name, typed(Array.isArray(value) ? value.join(', ') : value, schema)]];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** Text that is not of the type that is asked for stays text. */
function typed(text: string, schema: JsonSchema): unknown {
  if (typeof schema === 'boolean') return text;
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  if (types.includes('array')) {
    const items = schema.items ?? true;
    return text.split(',').map((item) => typed(item.trim(), items));
  }
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  const numeric = types.includes('integer') || types.includes('number');
  if (!numeric || !/^\s*-?\d+(\.\d+)?([eE][-+]?\d+)?\s*$/.test(text)) return text;
  const number = Number(text);
  return Number.isInteger(number) && !Number.isSafeInteger(number) && /^\s*-?\d+\s*$/.test(text)
    ? BigInt(text.trim())
    : number;
}
