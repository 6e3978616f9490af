import { Button, Group } from '@mantine/core';
import { Theme } from '@rjsf/mantine';
import {
  type ErrorSchema,
  englishStringTranslator,
  type Field,
  type RJSFSchema,
  replaceStringParameters,
  type TranslatableString,
  type UiSchema,
} from '@rjsf/utils';
import { type ReactNode, useMemo, useState } from 'react';
import type { ProblemDocument } from '../api/problem.ts';
import { useTexts } from '../texts/texts-provider.tsx';
import { ExactForm } from './exact-form.tsx';
import { FileField } from './file-field.tsx';
import { filledIn } from './filled-in.ts';
import { layoutOf } from './layout-of.ts';
import { NumberField } from './number-field.tsx';
import { formValidator } from './validator.ts';

export interface SchemaFormProps {
  /** JSON Schema 2020-12, with what it refers to under `$defs`. */
  readonly schema: RJSFSchema;
  readonly uiSchema?: UiSchema;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  /** Called with a value that fits the schema. */
  readonly onSubmit?: (value: unknown) => void;
  /** Faults that the server found, to be shown at their fields. */
  readonly faults?: ProblemDocument['fields'];
  readonly submitLabel?: string;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  /** More buttons beside the one that submits. */
  readonly actions?: ReactNode;
  /** Fields for what the schema marks; see `layoutOf`. It must not change from one drawing to the next. */
  readonly fields?: Readonly<Record<string, Field>>;
  /** Keeps ids apart where a page has several forms. */
  readonly idPrefix?: string;
}

const ownFields: Record<string, Field> = { file: FileField, NumberField };

/** A form that a JSON Schema describes. Names and descriptions from the schema are shown as text, never as markup. */
export function SchemaForm(props: SchemaFormProps) {
  const { schema, uiSchema, value, onChange, onSubmit, faults, submitLabel, busy = false, disabled = false } = props;
  const texts = useTexts();
  const [first] = useState(value);
  const validator = useMemo(() => formValidator(texts.form.faults, first), [texts, first]);
  const ui = useMemo(() => layoutOf(schema, uiSchema), [schema, uiSchema]);
  const fields = useMemo(() => ({ ...Theme.fields, ...ownFields, ...props.fields }), [props.fields]);
  const translate = (text: TranslatableString, values?: string[]): string => {
    const own = (texts.form.library as Partial<Record<string, string>>)[text];
    return own === undefined ? englishStringTranslator(text, values) : replaceStringParameters(own, values);
  };
  const extraErrors = useMemo(() => atFields(faults), [faults]);
  return (
    <ExactForm
      {...Theme}
      schema={schema}
      uiSchema={ui}
      formData={value}
      validator={validator}
      fields={fields}
      {...(extraErrors !== undefined && { extraErrors })}
      extraErrorsBlockSubmit={false}
      onChange={({ formData }) => onChange(formData)}
      onSubmit={({ formData }) => onSubmit?.(filledIn(formData, first, schema, schema))}
      // The faults stand at their fields; without a handler they would be complained of on the browser's console too.
      onError={() => undefined}
      noHtml5Validate
      translateString={translate}
      showErrorList={false}
      focusOnFirstError
      disabled={disabled}
      idPrefix={props.idPrefix ?? 'form'}
      experimental_defaultFormStateBehavior={{
        emptyObjectFields: 'skipEmptyDefaults',
        arrayMinItems: { populate: 'requiredOnly' },
      }}
    >
      {onSubmit === undefined ? (
        // The theme draws its own button where a form has no children.
        <Group>{props.actions}</Group>
      ) : (
        <Group mt="md" gap="xs">
          <Button type="submit" loading={busy} disabled={disabled}>
            {submitLabel ?? texts.form.submit}
          </Button>
          {props.actions}
        </Group>
      )}
    </ExactForm>
  );
}

/** A server's faults, by JSON Pointer, in the shape that the form shows. */
function atFields(faults: ProblemDocument['fields']): ErrorSchema | undefined {
  if (faults === undefined || faults.length === 0) return undefined;
  const root: ErrorSchema = {};
  for (const { pointer, message } of faults) {
    let node = root as Record<string, unknown>;
    for (const segment of pointer.split('/').slice(1)) {
      const name = segment.replaceAll('~1', '/').replaceAll('~0', '~');
      if (name === '__proto__') break;
      node[name] ??= {};
      node = node[name] as Record<string, unknown>;
    }
    node.__errors = [...((node.__errors as string[] | undefined) ?? []), message];
  }
  return root;
}
