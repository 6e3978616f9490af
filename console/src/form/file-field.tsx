import { FileInput, Text } from '@mantine/core';
import type { FieldProps } from '@rjsf/utils';
import { useState } from 'react';
import { useTexts } from '../texts/texts-provider.tsx';

/** A file as it travels through SmartObjects: its name, media type, and its bytes as base64. */
export interface FileValue {
  readonly name?: string;
  readonly mediaType?: string;
  readonly content: string;
}

/** Bytes of a file that a form takes; base64 makes a third more of it, and the server has a limit of its own. */
const LARGEST = 20_000_000;

/** Draws a schema that is marked `x-smartwright-file` as one choice of a file. */
export function FileField({
  fieldPathId,
  schema,
  uiSchema,
  name,
  formData,
  onChange,
  required,
  disabled,
  readonly,
  rawErrors,
}: FieldProps) {
  const texts = useTexts();
  const [tooLarge, setTooLarge] = useState(false);
  const value = formData as FileValue | undefined;
  const chosen = value?.content === undefined ? null : new File([], value.name ?? texts.form.file);
  const choose = async (file: File | null): Promise<void> => {
    setTooLarge(file !== null && file.size > LARGEST);
    if (file !== null && file.size > LARGEST) return;
    onChange(file === null ? undefined : await toValue(file), fieldPathId.path);
  };
  const errors = tooLarge ? [texts.form.fileTooLarge(LARGEST / 1_000_000)] : rawErrors;
  return (
    <FileInput
      id={fieldPathId.$id}
      label={uiSchema?.['ui:title'] ?? schema.title ?? name}
      description={schema.description}
      placeholder={texts.form.file}
      value={chosen}
      onChange={choose}
      clearable={!required}
      clearButtonProps={{ 'aria-label': texts.form.removeFile }}
      required={required}
      disabled={disabled || readonly}
      error={errors !== undefined && errors.length > 0 ? <Text span>{errors.join('; ')}</Text> : undefined}
    />
  );
}

async function toValue(file: File): Promise<FileValue> {
  const content = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  return { name: file.name, ...(file.type !== '' && { mediaType: file.type }), content };
}
