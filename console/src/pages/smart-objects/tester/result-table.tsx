import { Button, Table, Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { useTexts } from '../../../texts/texts-provider.tsx';
import type { DesignerProperty } from '../queries.ts';
import { columnsOf } from './columns.ts';
import type { RowAction } from './method-runner.tsx';
import { ValueText } from './value-text.tsx';

export interface ResultTableProps {
  readonly items: readonly unknown[];
  readonly properties: readonly DesignerProperty[];
  readonly rowAction?: RowAction;
}

/** Pixels of a row before it is measured. */
const ROW = 38;

/** A list as a table; only rows in sight are drawn. */
export function ResultTable({ items, properties, rowAction }: ResultTableProps) {
  const { tester: texts } = useTexts();
  const frame = useRef<HTMLDivElement>(null);
  const columns = useMemo(() => columnsOf(items, properties), [items, properties]);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW,
    overscan: 10,
  });
  if (items.length === 0) return <Text c="dimmed">{texts.empty}</Text>;
  const rows = virtual.getVirtualItems();
  const above = rows[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (rows.at(-1)?.end ?? 0);
  return (
    <section
      ref={frame}
      className="surface"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
      tabIndex={0}
      aria-label={texts.result}
      style={{ overflow: 'auto', maxHeight: 'min(60dvh, 720px)' }}
    >
      <Table stickyHeader verticalSpacing={6} aria-rowcount={items.length + 1}>
        <Table.Thead>
          <Table.Tr>
            {rowAction !== undefined && <Table.Th>{texts.action}</Table.Th>}
            {columns.map(({ name, title }) => (
              <Table.Th key={name}>{title}</Table.Th>
            ))}
            {columns.length === 0 && <Table.Th>{texts.value}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {above > 0 && <Spacer height={above} />}
          {rows.map(({ index, key }) => (
            <Table.Tr key={key} data-index={index} ref={virtual.measureElement} aria-rowindex={index + 2}>
              {rowAction !== undefined && (
                <Table.Td>
                  <Button size="compact-xs" variant="default" onClick={() => rowAction.run(items[index])}>
                    {rowAction.label}
                  </Button>
                </Table.Td>
              )}
              {columns.map(({ name, dataType, valueIn }) => (
                <Table.Td key={name} style={{ minWidth: 90, maxWidth: 420, verticalAlign: 'top' }}>
                  <ValueText value={valueIn(items[index])} dataType={dataType} />
                </Table.Td>
              ))}
              {columns.length === 0 && (
                <Table.Td>
                  <ValueText value={items[index]} />
                </Table.Td>
              )}
            </Table.Tr>
          ))}
          {below > 0 && <Spacer height={below} />}
        </Table.Tbody>
      </Table>
    </section>
  );
}

/** The place of rows that are not drawn. */
const Spacer = ({ height }: { readonly height: number }) => (
  <tr>
    <td style={{ height, padding: 0, border: 0 }} />
  </tr>
);
