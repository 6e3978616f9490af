import { Anchor, Button, Code, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { documentsQuery } from '../../documents/kinds.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Page } from '../../parts/page.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';

/** The OAuth resources and their types. */
export function Component() {
  const { oauth: texts } = useTexts();
  const resources = useQuery(documentsQuery('OAuthResource'));
  const types = useQuery(documentsQuery('OAuthResourceType'));
  const error = resources.error ?? types.error;
  const actions = (
    <>
      <Button component={Link} to="/oauth/presets">
        {texts.fromPreset}
      </Button>
      <Button component={Link} to="/oauth/import" variant="default">
        {texts.fromMetadata}
      </Button>
      <Button component={Link} to="/oauth/resources/new" variant="default">
        {texts.newResource}
      </Button>
      <Button component={Link} to="/oauth/types/new" variant="default">
        {texts.newType}
      </Button>
    </>
  );
  return (
    <Page title={texts.title} about={texts.about} actions={actions}>
      {error !== null ? (
        <ProblemAlert error={error} retry={() => Promise.all([resources.refetch(), types.refetch()])} />
      ) : resources.data === undefined || types.data === undefined ? (
        <Loading />
      ) : resources.data.length + types.data.length === 0 ? (
        <EmptyState
          icon="key"
          title={texts.none}
          explanation={texts.noneExplanation}
          action={<Group>{actions}</Group>}
        />
      ) : (
        <>
          <Documents
            title={texts.resources}
            path="/oauth/resources"
            rows={resources.data.map(({ document, updatedAt }) => ({ ...document, updatedAt, about: document.type }))}
          />
          <Documents
            title={texts.types}
            path="/oauth/types"
            rows={types.data.map(({ document, updatedAt }) => ({
              ...document,
              updatedAt,
              about: texts.grants[document.grant ?? 'authorization_code'],
            }))}
          />
        </>
      )}
    </Page>
  );
}

interface Row {
  readonly name: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly about: string;
  readonly updatedAt: string;
}

function Documents({
  title,
  path,
  rows,
}: {
  readonly title: string;
  readonly path: string;
  readonly rows: readonly Row[];
}) {
  const { oauth: texts } = useTexts();
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {title}
      </Title>
      <div className="surface scroll-x">
        <Table verticalSpacing="sm" horizontalSpacing="md" miw={520} aria-label={title}>
          <Table.Tbody>
            {rows.map(({ name, displayName = name, description, about, updatedAt }) => (
              <Table.Tr key={name}>
                <Table.Td>
                  <Anchor component={Link} to={`${path}/${encodeURIComponent(name)}`} fw={600}>
                    {displayName}
                  </Anchor>
                  <Text size="sm" c="dimmed" component="div">
                    <Code>{name}</Code> {description}
                  </Text>
                </Table.Td>
                <Table.Td>{about}</Table.Td>
                <Table.Td>
                  {texts.changed} <Moment at={updatedAt} relative />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Stack>
  );
}
