import { CallerError, UpstreamError } from '../../config/model/errors.js';
import type { JsonSchema, JsonSchemaObject } from '../../config/model/json-schema.js';
import { bindDesignCall, type DesignContext, type DesignQuestion, designFactsOf, valueAt } from './design-call.js';

/** The type of an input that only the service knows. */
export interface PropertyType {
  /** Absent while `waitsFor` names something. */
  readonly schema?: JsonSchema;
  /** Flat names of the inputs that have to be filled in before it can be told. */
  readonly waitsFor?: readonly string[];
}

/**
 * The type of an input that depends on what is chosen elsewhere in the form, such as the columns of a list: the method that its
 * description names tells it (`x-ms-dynamic-schema`, `x-ms-dynamic-properties`), called as the person who asks.
 *
 * @throws CallerError NOT_FOUND when there is no such input or it has no such type; UpstreamError UPSTREAM_UNREADABLE when the
 *   service tells no schema; and as the called method does
 */
export async function propertyTypeOf(question: DesignQuestion, context: DesignContext): Promise<PropertyType> {
  const { object, method, property } = question;
  const { schemaFrom } = await designFactsOf(question, context.store);
  if (schemaFrom === undefined) {
    throw new CallerError(
      'NOT_FOUND',
      `The type of "${property}" of ${object}.${method} stands in the method's schema.`,
    );
  }
  const bound = await bindDesignCall(schemaFrom, question.input, context.store);
  if ('waitsFor' in bound) return { waitsFor: bound.waitsFor };
  const called = { object: schemaFrom.object, method: schemaFrom.method, input: bound.input };
  const result = await context.engine.execute(called, context.principal, context.signal);
  const schema = 'items' in result ? undefined : valueAt(result.value, schemaFrom.schema);
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) {
    throw new UpstreamError(
      'UPSTREAM_UNREADABLE',
      `${called.object}.${called.method} was to tell the type of "${property}", and told no JSON Schema.`,
    );
  }
  return { schema: schema as JsonSchemaObject };
}
