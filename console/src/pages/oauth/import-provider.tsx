import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, ask, type Schemas } from '../../api/client.ts';
import { Page } from '../../parts/page.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import type { Draft } from './documents.ts';

/** Fills in a resource and its type from what a provider tells of itself. */
export function Component() {
  const { oauth: texts } = useTexts();
  const navigate = useNavigate();
  const [given, setGiven] = useState({ url: '', name: '', scope: '', clientId: '', allowedHosts: '' });
  const run = useMutation({
    mutationFn: () => ask(api.POST('/api/oauth/import', { body: toRequest(given) })),
    onSuccess: ({ resource, resourceType, warnings }) => {
      const draft: Draft = { resource, resourceType, notes: warnings };
      return navigate('/oauth/resources/new', { state: draft });
    },
  });
  const field = (name: keyof typeof given, required = false) => (
    <TextInput
      label={texts.importFields[name]}
      required={required}
      value={given[name]}
      onChange={({ currentTarget: { value } }) => setGiven((before) => ({ ...before, [name]: value }))}
    />
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    run.mutate();
  };
  return (
    <Page title={texts.fromMetadata} about={texts.importAbout}>
      <form onSubmit={submit}>
        <Stack maw={640} gap="sm">
          {field('url', true)}
          {field('name')}
          {field('clientId')}
          {field('scope')}
          {field('allowedHosts')}
          {run.error !== null && <ProblemAlert error={run.error} />}
          <Group>
            <Button type="submit" loading={run.isPending}>
              {texts.import}
            </Button>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}

function toRequest(
  given: Readonly<Record<'url' | 'name' | 'scope' | 'clientId' | 'allowedHosts', string>>,
): Schemas['ProviderImportRequest'] {
  const { url, allowedHosts, ...texts } = given;
  const named = Object.entries(texts).filter(([, text]) => text.trim() !== '');
  const hosts = allowedHosts.split(/[\s,]+/).filter((host) => host !== '');
  return {
    url: url.trim(),
    ...Object.fromEntries(named.map(([name, text]) => [name, text.trim()])),
    ...(hosts.length > 0 && { allowedHosts: hosts }),
  };
}
