import type { DesignCall } from '../../config/model/designer.js';
import type { JsonSchemaObject } from '../../config/model/json-schema.js';
import type { Placed } from './place-methods.js';

/** Changes one schema. */
export type Redirect = (schema: JsonSchemaObject) => JsonSchemaObject;

/** Lets the methods that tools call at design time follow their names; undefined when no name has changed. */
export function redirection(placed: readonly Placed[]): Redirect | undefined {
  const names = new Map(
    placed
      .filter(({ working, object, name }) => object !== working.object || name !== working.name)
      .map(({ working, object, name }) => [`${working.object}.${working.name}`, { object, method: name }]),
  );
  if (names.size === 0) return undefined;
  const follow = <C extends DesignCall>(call: C): C => ({ ...call, ...names.get(`${call.object}.${call.method}`) });
  return (schema) => {
    const { 'x-smartwright-choices': choices, 'x-smartwright-schema': source } = schema;
    if (choices === undefined && source === undefined) return schema;
    return {
      ...schema,
      ...(choices === undefined ? {} : { 'x-smartwright-choices': follow(choices) }),
      ...(source === undefined ? {} : { 'x-smartwright-schema': follow(source) }),
    };
  };
}
