import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { api, ask } from '../../api/client.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Working } from '../../parts/working.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { Changes } from './changes.tsx';

/** Looks at the service again, shows what would change, and takes it over: breaking changes only when they are accepted. */
export function RefreshPanel({ name }: { readonly name: string }) {
  const { serviceInstances: texts } = useTexts();
  const queries = useQueryClient();
  const stop = useRef(new AbortController());
  const path = { name };
  const begin = (): AbortSignal => {
    stop.current = new AbortController();
    return stop.current.signal;
  };
  const review = useMutation({
    mutationFn: () => ask(api.POST('/api/service-instances/{name}/review', { params: { path }, signal: begin() })),
  });
  const refresh = useMutation({
    mutationFn: (accept: string) =>
      ask(api.POST('/api/service-instances/{name}/refresh', { params: { path, query: { accept } }, signal: begin() })),
    onSuccess() {
      review.reset();
      void queries.invalidateQueries();
    },
  });
  const busy = review.isPending || refresh.isPending;
  const error = review.error ?? refresh.error;
  const found = review.data;
  const breaking = found?.counts.breaking ?? 0;
  return (
    <Stack gap="md" className="surface" p="lg">
      <Text>{texts.refreshAbout}</Text>
      <Group gap="xs">
        <Button onClick={() => review.mutate()} disabled={busy} variant={found === undefined ? 'filled' : 'default'}>
          {texts.look}
        </Button>
        {busy && <Working onCancel={() => stop.current.abort()} />}
      </Group>
      {error !== null && !busy && !stop.current.signal.aborted && <ProblemAlert error={error} />}
      {refresh.isSuccess && (
        <Alert color="green" role="status">
          {texts.refreshed(refresh.data.serviceObjects, refresh.data.methods)}
        </Alert>
      )}
      {found !== undefined && !busy && (
        <>
          <Changes review={found} />
          {found.changes.length > 0 && (
            <Group>
              <Button color={breaking > 0 ? 'red' : undefined} onClick={() => refresh.mutate(found.id)}>
                {breaking > 0 ? texts.acceptBreaking(breaking) : texts.takeOver}
              </Button>
            </Group>
          )}
        </>
      )}
    </Stack>
  );
}
