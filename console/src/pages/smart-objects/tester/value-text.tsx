import { Text } from '@mantine/core';
import { writeJson } from '../../../api/exact-json.ts';
import { Moment } from '../../../parts/moment.tsx';
import { useTexts } from '../../../texts/texts-provider.tsx';
import { isFileValue } from './file-value.ts';
import { MethodFile } from './method-file.tsx';

/** Characters of a value that a cell shows. */
const SHOWN = 200;

/** A value in a cell, always as text. What is nested is shown in short; the tree has it whole. */
export function ValueText({ value, dataType, whole = false }: ValueTextProps) {
  const { tester: texts } = useTexts();
  if (value === undefined || value === null) return <Text c="dimmed">–</Text>;
  if (typeof value === 'boolean') return value ? texts.yes : texts.no;
  if (isFileValue(value)) return <MethodFile file={value} small={!whole} />;
  if (dataType === 'DateTime' && typeof value === 'string') return <Moment at={value} />;
  const text = typeof value === 'object' ? summary(value) : String(value);
  const shown = whole || text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}…`;
  return (
    <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      {shown}
    </Text>
  );
}

export interface ValueTextProps {
  readonly value: unknown;
  readonly dataType?: string | undefined;
  /** Default: a long text is cut. */
  readonly whole?: boolean;
}

/** A list of plain values reads as one; anything else is JSON. */
function summary(value: object): string {
  const isPlainList = Array.isArray(value) && value.every((item) => typeof item !== 'object');
  return isPlainList ? (value as unknown[]).map(String).join(', ') : writeJson(value);
}
