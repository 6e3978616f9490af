import { Anchor, Button, Group, Stack, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { documentsQuery, type EditedDocument, type EditedKind } from '../../documents/kinds.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Moment } from '../../parts/moment.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import type { IconName } from '../../shell/icon.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';

export interface DocumentListProps<K extends EditedKind> {
  readonly kind: K;
  /** The address of one, without its name. */
  readonly path: string;
  readonly icon: IconName;
  readonly texts: {
    readonly add: string;
    readonly none: string;
    readonly noneExplanation: string;
    readonly name: string;
  };
  readonly columns: readonly (readonly [title: string, cell: (document: EditedDocument<K>) => ReactNode])[];
}

/** All documents of a kind as a table, each leading to its page, and the way to a new one. */
export function DocumentList<K extends EditedKind>({ kind, path, icon, texts, columns }: DocumentListProps<K>) {
  const { people } = useTexts();
  const documents = useQuery(documentsQuery(kind));
  if (documents.error !== null) return <ProblemAlert error={documents.error} retry={documents.refetch} />;
  if (documents.data === undefined) return <Loading />;
  const add = (
    <Button component={Link} to={`${path}/new`}>
      {texts.add}
    </Button>
  );
  if (documents.data.length === 0)
    return <EmptyState icon={icon} title={texts.none} explanation={texts.noneExplanation} action={add} />;
  return (
    <Stack gap="sm">
      <Group justify="flex-end">{add}</Group>
      <div className="surface scroll-x">
        <Table verticalSpacing="sm" horizontalSpacing="md" miw={640}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{texts.name}</Table.Th>
              {columns.map(([title]) => (
                <Table.Th key={title}>{title}</Table.Th>
              ))}
              <Table.Th>{people.changed}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {documents.data.map(({ document, updatedAt }) => (
              <Table.Tr key={document.name}>
                <Table.Td>
                  <Anchor component={Link} to={`${path}/${encodeURIComponent(document.name)}`} fw={600}>
                    {document.name}
                  </Anchor>
                </Table.Td>
                {columns.map(([title, cell]) => (
                  <Table.Td key={title}>{cell(document)}</Table.Td>
                ))}
                <Table.Td>
                  <Moment at={updatedAt} relative />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Stack>
  );
}
