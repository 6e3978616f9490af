import { Badge, Button, Group, Select, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Link } from 'react-router';
import { api, ask, type Schemas } from '../../api/client.ts';
import { hasCode } from '../../api/problem.ts';
import { SchemaForm } from '../../form/index.tsx';
import { ConsentButton } from '../../parts/consent-button.tsx';
import { Copyable } from '../../parts/copyable.tsx';
import { Loading } from '../../parts/loading.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Working } from '../../parts/working.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { shellWord } from './documents.ts';
import { Equivalent } from './equivalent.tsx';
import { methodSchemaQuery, objectsQuery } from './queries.ts';
import type { StoredStepProps } from './stored-step.tsx';

interface Target {
  readonly object: string;
  readonly method: string;
}

/** Step 6: the first call. */
export function TryStep({ stored: { document } }: StoredStepProps) {
  const { connect: texts } = useTexts();
  const objects = useQuery(objectsQuery(document.name));
  const [picked, setPicked] = useState<string | null>(null);
  if (objects.error !== null) return <ProblemAlert error={objects.error} retry={objects.refetch} />;
  if (objects.data === undefined) return <Loading />;
  const options = objects.data.items.flatMap(({ name, displayName, methods }) =>
    methods.map((method) => ({
      value: `${name}.${method.name}`,
      label: `${displayName}: ${method.displayName}`,
      kind: method.kind,
    })),
  );
  const first = options.find(({ kind }) => kind === 'list') ?? options[0];
  const [object = '', method = ''] = (picked ?? first?.value ?? '').split('.');
  if (first === undefined) return <Text>{texts.nothingToTry}</Text>;
  return (
    <Stack gap="lg">
      <Text>{texts.generated(objects.data.total)}</Text>
      <Select
        label={texts.method}
        data={options}
        value={picked ?? first.value}
        onChange={setPicked}
        searchable
        allowDeselect={false}
        maw={520}
      />
      <Trial key={`${object}.${method}`} target={{ object, method }} authentication={document.authentication} />
    </Stack>
  );
}

function Trial({
  target,
  authentication,
}: {
  readonly target: Target;
  readonly authentication: Schemas['ServiceInstance']['authentication'];
}) {
  const { connect: texts } = useTexts();
  const { object, method } = target;
  const schema = useQuery(methodSchemaQuery(object, method));
  const [input, setInput] = useState<unknown>({});
  const stop = useRef(new AbortController());
  const call = useMutation({
    mutationFn: async () => {
      stop.current = new AbortController();
      const start = performance.now();
      const answer = await ask(
        api.POST('/api/smartobjects/{object}/{method}', {
          params: { path: { object, method } },
          body: (input ?? {}) as Record<string, unknown>,
          signal: stop.current.signal,
        }),
      );
      return { answer: answer as unknown, ms: Math.round(performance.now() - start) };
    },
  });
  if (schema.error !== null) return <ProblemAlert error={schema.error} retry={schema.refetch} />;
  if (schema.data === undefined) return <Loading />;
  const consent = hasCode(call.error, 'AUTHORIZATION_REQUIRED') || hasCode(call.error, 'RECONNECT_REQUIRED');
  const resource = 'resource' in authentication ? authentication.resource : undefined;
  return (
    <>
      <div className="surface" style={{ padding: 24 }}>
        <SchemaForm
          schema={schema.data.input as object}
          value={input}
          onChange={setInput}
          onSubmit={() => call.mutate()}
          submitLabel={texts.run}
          busy={call.isPending}
          actions={call.isPending ? <Working onCancel={() => stop.current.abort()} /> : undefined}
          {...(hasCode(call.error, 'INPUT_INVALID') && { faults: call.error.document.fields })}
        />
      </div>
      {call.error !== null && !call.isPending && (
        <ProblemAlert error={call.error} retry={() => call.mutate()}>
          {consent && resource !== undefined && (
            <ConsentButton resource={resource} label={texts.signInAtProvider} onDone={() => call.mutate()} />
          )}
        </ProblemAlert>
      )}
      {call.data !== undefined && !call.isPending && (
        <Stack gap="sm" className="surface" p="lg" role="region" aria-label={texts.result}>
          <Group gap="xs">
            <Title order={2} size="h4">
              {texts.worked}
            </Title>
            <Badge color="teal">{call.data.ms} ms</Badge>
          </Group>
          <Copyable block text={told(call.data.answer)} label={texts.result} />
          <Group>
            <Button component={Link} to="/" variant="default">
              {texts.finish}
            </Button>
          </Group>
        </Stack>
      )}
      <Equivalent
        commands={[`smartwright call ${object}.${method} --input ${shellWord(JSON.stringify(input ?? {}))}`]}
      />
    </>
  );
}

/** Characters of a result that are shown. */
const SHOWN = 20_000;

function told(answer: unknown): string {
  const text = JSON.stringify(answer, null, 2) ?? '';
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}\n…` : text;
}
