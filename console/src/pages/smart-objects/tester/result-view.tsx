import { Alert, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../../../shell/icon.tsx';
import { useLanguage, useTexts } from '../../../texts/texts-provider.tsx';
import type { MethodSchema } from '../queries.ts';
import { isFileValue } from './file-value.ts';
import { JsonView } from './json-view.tsx';
import { MethodFile } from './method-file.tsx';
import type { RowAction } from './method-runner.tsx';
import { PropertySheet } from './property-sheet.tsx';
import { ResultTable } from './result-table.tsx';
import type { MethodAnswer } from './run-method.ts';
import { ValueTree } from './value-tree.tsx';

export interface ResultViewProps {
  readonly method: MethodSchema;
  readonly answer: MethodAnswer;
  /** The answer's value, with the items of all pages that were read. */
  readonly value: unknown;
  readonly detailed: boolean;
  /** Reads the next page, where there is one. */
  readonly onMore?: () => void;
  readonly rowAction?: RowAction;
}

type View = 'table' | 'tree' | 'json';

/** What a call has given. */
export function ResultView({ method, answer, value, detailed, onMore, rowAction }: ResultViewProps) {
  const { tester: texts } = useTexts();
  const { language } = useLanguage();
  const [view, setView] = useState<View>('table');
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const done = texts.done(number.format(answer.milliseconds));
  if (value === undefined) {
    return (
      <Alert color="teal" icon={<Icon name="check" />} title={detailed ? done : texts.success} role="status">
        {texts.noResult}
      </Alert>
    );
  }
  const items = itemsOf(value);
  return (
    <Stack gap="sm" miw={0}>
      <Group justify="space-between">
        <Text size="sm" c="dimmed" role="status">
          {detailed ? done : texts.success}
          {items !== undefined && ` · ${texts.items(number.format(items.length))}`}
          {detailed && ` · ${texts.characters(number.format(answer.size))}`}
        </Text>
        {detailed && (
          <SegmentedControl
            aria-label={texts.view}
            value={view}
            onChange={(chosen) => setView(chosen as View)}
            data={(['table', 'tree', 'json'] as const).map((one) => ({ value: one, label: texts.views[one] }))}
          />
        )}
      </Group>
      {answer.faults !== undefined && detailed && (
        <Alert color="yellow" icon={<Icon name="alert" />} title={texts.faults}>
          {answer.faults}
        </Alert>
      )}
      {view === 'tree' ? (
        <ValueTree value={value} />
      ) : view === 'json' ? (
        <JsonView value={value} name={method.name} />
      ) : isFileValue(value) ? (
        <MethodFile file={value} />
      ) : items !== undefined ? (
        <ResultTable
          items={items}
          properties={method.returnProperties}
          {...(rowAction !== undefined && { rowAction })}
        />
      ) : (
        <PropertySheet value={value} properties={method.returnProperties} />
      )}
      {onMore !== undefined && (
        <Group>
          <Button variant="default" onClick={onMore}>
            {texts.nextPage}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

/** The items of a list's page, or of a value that is a list itself. */
function itemsOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object' || value === null || !('items' in value)) return undefined;
  return Array.isArray(value.items) ? value.items : undefined;
}
