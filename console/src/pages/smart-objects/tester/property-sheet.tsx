import { Table } from '@mantine/core';
import type { DesignerProperty } from '../queries.ts';
import { columnsOf } from './columns.ts';
import { ValueText } from './value-text.tsx';

/** A single result: a line for each property. */
export function PropertySheet({
  value,
  properties,
}: {
  readonly value: unknown;
  readonly properties: readonly DesignerProperty[];
}) {
  const columns = columnsOf([value], properties);
  if (columns.length === 0) {
    return (
      <div className="surface" style={{ padding: 'var(--mantine-spacing-md)' }}>
        <ValueText value={value} whole />
      </div>
    );
  }
  return (
    <div className="surface scroll-x">
      <Table verticalSpacing={6} layout="fixed">
        <Table.Tbody>
          {columns.map(({ name, title, dataType, valueIn }) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" w="36%" style={{ verticalAlign: 'top' }}>
                {title}
              </Table.Th>
              <Table.Td>
                <ValueText value={valueIn(value)} dataType={dataType} whole />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
