import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useParams } from 'react-router';
import { isSignedOut } from '../../api/problem.ts';
import { Loading } from '../../parts/loading.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { methodSchemaQuery } from '../smart-objects/queries.ts';
import { MethodRunner } from '../smart-objects/tester/method-runner.tsx';
import { tellHost } from './host.ts';

/** A method as a form, for the people of another page that has it in a frame. */
export function Component() {
  const { object = '', method = '' } = useParams();
  const schema = useQuery(methodSchemaQuery(object, method));
  const frame = useHeight();
  const title = schema.data?.displayName ?? method;
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <main ref={frame} style={{ padding: 'var(--mantine-spacing-md)' }}>
      <Stack>
        <div>
          <Title order={1} size="h3">
            {title}
          </Title>
          <Text c="dimmed">{schema.data?.description}</Text>
        </div>
        {schema.error !== null ? (
          isSignedOut(schema.error) ? (
            <SignIn onBack={schema.refetch} />
          ) : (
            <ProblemAlert error={schema.error} retry={schema.refetch} />
          )
        ) : schema.data === undefined ? (
          <Loading rows={4} />
        ) : (
          <MethodRunner
            object={object}
            method={schema.data}
            onDone={() => tellHost({ type: 'smartwright:done', object, method })}
          />
        )}
      </Stack>
    </main>
  );
}

/** A sign-in in a window of its own: the sign-in page is never shown in a frame. */
function SignIn({ onBack }: { readonly onBack: () => unknown }) {
  const { forms: texts } = useTexts();
  const open = (): void => {
    window.open('/sign-in', 'smartwright-sign-in', 'popup,width=560,height=760');
    window.addEventListener('focus', () => onBack(), { once: true });
  };
  return (
    <Stack gap="xs" className="surface" p="md">
      <Text>{texts.signInExplanation}</Text>
      <Group gap="xs">
        <Button onClick={open}>{texts.signIn}</Button>
        <Button variant="default" onClick={() => onBack()}>
          {texts.signedIn}
        </Button>
      </Group>
    </Stack>
  );
}

/** Tells the page around it how high it is, whenever that changes. */
function useHeight() {
  const frame = useRef<HTMLElement>(null);
  useEffect(() => {
    if (frame.current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      const height = entry?.borderBoxSize[0]?.blockSize;
      if (height !== undefined) tellHost({ type: 'smartwright:height', height: Math.ceil(height) });
    });
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, []);
  return frame;
}
