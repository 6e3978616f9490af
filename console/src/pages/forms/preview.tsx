import { Alert, Anchor, Breadcrumbs, Select, Stack, Tabs, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { Copyable } from '../../parts/copyable.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Page } from '../../parts/page.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import {
  methodSchemaQuery,
  objectPath,
  objectQuery,
  type SmartMethod,
  type SmartObject,
} from '../smart-objects/queries.ts';
import { MethodRunner } from '../smart-objects/tester/method-runner.tsx';
import { embeddedPath } from './paths.ts';
import { inputFromRow } from './row-input.ts';

/** The methods that make a form, in the order in which people need them. */
const kinds = ['list', 'read', 'create', 'update'] as const;
type FormKind = (typeof kinds)[number];
type Input = Readonly<Record<string, unknown>>;

/** A SmartObject as an end user would see it: its list, and the forms to read, create and change one. */
export function Component() {
  const { object: name = '' } = useParams();
  const { forms: texts } = useTexts();
  const query = useQuery(objectQuery(name));
  return (
    <Page title={texts.title(query.data?.displayName ?? name)} about={texts.about}>
      <Breadcrumbs>
        <Anchor component={Link} to="/smart-objects">
          {texts.smartObjects}
        </Anchor>
        <Anchor component={Link} to={objectPath(name)}>
          {name}
        </Anchor>
      </Breadcrumbs>
      {query.error !== null ? (
        <ProblemAlert error={query.error} retry={query.refetch} />
      ) : query.data === undefined ? (
        <Loading rows={6} />
      ) : (
        <Preview key={name} object={query.data} />
      )}
    </Page>
  );
}

function Preview({ object }: { readonly object: SmartObject }) {
  const { forms: texts, smartObjects } = useTexts();
  const [parameters, setParameters] = useSearchParams();
  const [initial, setInitial] = useState<{ kind: FormKind; input: Input; edit: number } | undefined>();
  const ofKind = (kind: FormKind): SmartMethod[] =>
    object.methods.filter((method) => method.kind === kind && method.visibility !== 'internal');
  const present = kinds.filter((kind) => ofKind(kind).length > 0);
  const [first] = present;
  if (first === undefined) {
    return <EmptyState icon="form" title={texts.none} explanation={texts.noneExplanation} />;
  }
  const asked = present.find((kind) => kind === parameters.get('kind')) ?? first;
  const show = (kind: FormKind, input?: Input): void => {
    setInitial((before) => input && { kind, input, edit: (before?.edit ?? 0) + 1 });
    setParameters({ kind }, { replace: true });
  };
  const edit = (row: unknown): void => show('update', inputFromRow(row, object, ofKind('update')[0]));
  return (
    <Tabs value={asked} onChange={(kind) => show(kind as FormKind)} keepMounted={false}>
      <Tabs.List>
        {present.map((kind) => (
          <Tabs.Tab key={kind} value={kind}>
            {smartObjects.kinds[kind]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {present.map((kind) => (
        <Tabs.Panel key={kind} value={kind} pt="md">
          <KindOfForm
            key={`${kind} ${initial?.edit}`}
            object={object.name}
            methods={ofKind(kind)}
            {...(initial?.kind === kind && { initial: initial.input })}
            {...(kind === 'list' && present.includes('update') && { onEdit: edit })}
          />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

interface KindOfFormProps {
  readonly object: string;
  readonly methods: readonly SmartMethod[];
  readonly initial?: Input;
  readonly onEdit?: (row: unknown) => void;
}

function KindOfForm({ object, methods, initial, onEdit }: KindOfFormProps) {
  const { forms: texts } = useTexts();
  const [name, setName] = useState(methods[0]?.name ?? '');
  const schema = useQuery(methodSchemaQuery(object, name));
  return (
    <Stack>
      {methods.length > 1 && (
        <Select
          label={texts.method}
          data={methods.map((method) => ({ value: method.name, label: method.displayName }))}
          value={name}
          onChange={(chosen) => chosen !== null && setName(chosen)}
          allowDeselect={false}
          maw={420}
        />
      )}
      {schema.error !== null ? (
        <ProblemAlert error={schema.error} retry={schema.refetch} />
      ) : schema.data === undefined ? (
        <Loading rows={4} />
      ) : (
        <MethodRunner
          key={name}
          object={object}
          method={schema.data}
          {...(initial !== undefined && { initial })}
          {...(onEdit !== undefined && { rowAction: { label: texts.edit, run: onEdit } })}
        />
      )}
      <Embedding object={object} method={name} />
    </Stack>
  );
}

/** How another page shows this form. */
function Embedding({ object, method }: { readonly object: string; readonly method: string }) {
  const { forms: texts } = useTexts();
  const address = new URL(embeddedPath(object, method), location.origin).href;
  return (
    <Stack gap="xs" className="surface" p="md">
      <Title order={2} size="h5">
        {texts.embed}
      </Title>
      <Text size="sm">{texts.embedExplanation}</Text>
      <Copyable
        text={`<iframe src="${address}" title="${method}" style="width:100%;height:640px;border:0"></iframe>`}
        label={texts.embed}
        block
      />
      <Alert color="gray" p="xs">
        <Text size="sm">{texts.embedOrigins}</Text>
      </Alert>
      <Anchor href={address} target="_blank" size="sm">
        {texts.open}
      </Anchor>
    </Stack>
  );
}
