import CoreForm from '@rjsf/core';
import type { RJSFSchema, SchemaUtilsType, ValidationData } from '@rjsf/utils';

/** The library's form, which hands on to the validator what it holds: in its own copy through JSON a cleared field was never there. */
export class ExactForm extends CoreForm<unknown, RJSFSchema> {
  override validate(
    formData: unknown,
    schema: RJSFSchema = this.state.schema,
    altSchemaUtils?: SchemaUtilsType<unknown, RJSFSchema>,
    retrievedSchema?: RJSFSchema,
  ): ValidationData<unknown> {
    const { customValidate, transformErrors, uiSchema } = this.props;
    return (altSchemaUtils ?? this.state.schemaUtils)
      .getValidator()
      .validateFormData(formData, retrievedSchema ?? schema, customValidate, transformErrors, uiSchema);
  }
}
