import { PasswordInput, TextInput } from '@mantine/core';
import { isMarker } from '../../documents/document-form.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { asText, fromText, type Value } from './stage-values.ts';

export interface ValueInputProps {
  /** What a screen reader calls it. */
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly secret?: boolean;
  /** What is sent when nothing is typed. */
  readonly fallback?: Value;
}

/** A parameter's value. A stored secret shows as stored; typing replaces it, and nothing shows it again. */
export function ValueInput({ label, value, onChange, secret = false, fallback }: ValueInputProps) {
  const { documents } = useTexts();
  const stored = isMarker(value) || (value === undefined && isMarker(fallback));
  const shared = {
    'aria-label': label,
    size: 'xs' as const,
    placeholder: stored ? documents.storedSecret : asText(fallback),
    value: isMarker(value) ? '' : asText(value),
    autoComplete: 'off',
    spellCheck: false,
  };
  const change = (text: string): void => onChange(fromText(text, value ?? fallback));
  if (secret || isMarker(value)) {
    return (
      <PasswordInput
        {...shared}
        autoComplete="new-password"
        onChange={(event) => change(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': documents.showTyped }}
      />
    );
  }
  return <TextInput {...shared} onChange={(event) => change(event.currentTarget.value)} />;
}
