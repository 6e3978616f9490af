import { Button, Group, Select, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { writeJson } from '../../api/exact-json.ts';
import { Loading } from '../../parts/loading.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { methodSchemaQuery } from '../smart-objects/queries.ts';
import { MethodRunner } from '../smart-objects/tester/method-runner.tsx';
import { shellWord } from './documents.ts';
import { Equivalent } from './equivalent.tsx';
import { objectsQuery } from './queries.ts';
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
      <Trial key={`${object}.${method}`} object={object} method={method} />
    </Stack>
  );
}

function Trial({ object, method }: Target) {
  const { connect: texts } = useTexts();
  const schema = useQuery(methodSchemaQuery(object, method));
  const [input, setInput] = useState<unknown>({});
  const [worked, setWorked] = useState(false);
  if (schema.error !== null) return <ProblemAlert error={schema.error} retry={schema.refetch} />;
  if (schema.data === undefined) return <Loading />;
  return (
    <>
      <MethodRunner
        object={object}
        method={schema.data}
        onInput={setInput}
        onDone={() => setWorked(true)}
        submitLabel={texts.run}
        detailed
      />
      {worked && (
        <Group className="surface" p="lg" justify="space-between">
          <Title order={2} size="h4">
            {texts.worked}
          </Title>
          <Button component={Link} to="/" variant="default">
            {texts.finish}
          </Button>
        </Group>
      )}
      <Equivalent commands={[`smartwright call ${object}.${method} --input ${shellWord(writeJson(input))}`]} />
    </>
  );
}
