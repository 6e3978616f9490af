import { getDefaultRegistry } from '@rjsf/core';
import { type FieldProps, getSchemaType } from '@rjsf/utils';
import type { ComponentType } from 'react';
import { asHeld, integerFrom } from './integer.ts';

const fields = getDefaultRegistry().fields as Readonly<
  Record<'NumberField' | 'StringField', ComponentType<FieldProps>>
>;

/** A number. An integer keeps all its digits; the form library's own field rounds it to a double. */
export function NumberField(props: FieldProps) {
  const { schema, onChange, formData } = props;
  const isInteger = [getSchemaType(schema)].flat().includes('integer');
  if (!isInteger) return <fields.NumberField {...props} />;
  return (
    <fields.StringField
      {...props}
      formData={integerFrom(formData)}
      onChange={(typed, ...rest) => onChange(asHeld(integerFrom(typed)), ...rest)}
    />
  );
}
