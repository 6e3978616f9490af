import { Alert, Button, Group, PasswordInput, Radio, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api, ask } from '../../api/client.ts';
import { hasCode } from '../../api/problem.ts';
import { documentsQuery } from '../../documents/kinds.ts';
import { Copyable } from '../../parts/copyable.tsx';
import { Loading } from '../../parts/loading.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { StagePreviews } from '../../parts/stage-previews.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { presetQuery, presetsQuery } from '../oauth/queries.ts';
import { saveInstance } from '../service-instances/queries.ts';
import { type Choice, isSecretName, proposedChoices, settled, variablesOf } from './choices.ts';
import { toYaml } from './documents.ts';
import { Equivalent } from './equivalent.tsx';
import { previewQuery, proposalQuery } from './queries.ts';
import type { StoredStepProps } from './stored-step.tsx';

/** The redirect URI of this installation. */
export const redirectUri = (): string => `${location.origin}/identity/token/oauth/2`;

/** Step 3: how the instance authenticates; proposed from its description, by a preset, or with what is there already. */
export function AuthenticationStep({ stored }: StoredStepProps) {
  const { connect: texts } = useTexts();
  const { document: instance, version } = stored;
  const { name } = instance;
  const navigate = useNavigate();
  const queries = useQueryClient();
  const proposal = useQuery(proposalQuery(name));
  const resources = useQuery(documentsQuery('OAuthResource'));
  const [picked, setPicked] = useState<string>();
  const [existing, setExisting] = useState<string | null>(null);
  const [presetName, setPresetName] = useState<string | null>(null);
  const [values, setValues] = useState<Record<string, string>>({});
  const presets = useQuery({ ...presetsQuery, enabled: picked === 'preset' });
  const preset = useQuery({ ...presetQuery(presetName ?? ''), enabled: presetName !== null });

  const proposed = proposal.data === undefined ? [] : proposedChoices(proposal.data);
  const current = instance.authentication.mode !== 'none' ? 'current' : undefined;
  const selected = picked ?? current ?? proposed[0]?.id ?? 'none';
  const choice = chosen();
  const final = choice === undefined ? undefined : settled(choice, values, instance);
  const [previewed] = useDebouncedValue(final, 300);
  const preview = useQuery(previewQuery(previewed));

  function chosen(): Choice | undefined {
    if (selected === 'none') return { id: 'none', authentication: { mode: 'none' } };
    if (selected === 'current') return { id: 'current', authentication: instance.authentication };
    if (selected === 'existing')
      return existing === null ? undefined : { id: 'existing', authentication: { mode: 'oauth', resource: existing } };
    if (selected === 'preset') {
      if (preset.data === undefined) return undefined;
      const { resourceType, resource } = preset.data.documents;
      return { id: 'preset', resourceType, resource, authentication: { mode: 'oauth', resource: resource.name } };
    }
    return proposed.find(({ id }) => id === selected);
  }

  const save = useMutation({
    mutationFn: async ({ authentication, resourceType, resource }: Choice) => {
      if (resourceType !== undefined) await createOrKeep(() => putType(resourceType));
      if (resource !== undefined) await putResource(resource, instance.authentication);
      await saveInstance({ ...instance, authentication }, version);
      return authentication;
    },
    onSuccess(authentication) {
      void queries.invalidateQueries();
      const oauth = 'resource' in authentication && authentication.resource !== undefined;
      void navigate(`/connect/${name}/${oauth ? 'sign-in' : 'methods'}`);
    },
  });

  if (proposal.error !== null) return <ProblemAlert error={proposal.error} retry={proposal.refetch} />;
  if (resources.error !== null) return <ProblemAlert error={resources.error} retry={resources.refetch} />;
  if (proposal.data === undefined || resources.data === undefined) return <Loading />;
  const told = new Map(proposal.data.variables.map((variable) => [variable.name, variable]));
  const variables = choice === undefined ? [] : variablesOf(choice);
  const missing = variables.filter((variable) => (values[variable] ?? '') === '' && !isSecretName(variable));

  return (
    <Stack gap="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (final !== undefined) save.mutate(final);
        }}
      >
        <Stack gap="md" className="surface" p="lg">
          <Radio.Group label={texts.howItAuthenticates} value={selected} onChange={setPicked}>
            <Stack gap="sm" mt="xs">
              {current !== undefined && <Radio value="current" label={texts.asItIs(instance.authentication.mode)} />}
              {proposed.map(({ id, authentication, resource }, index) => (
                <Radio
                  key={id}
                  value={id}
                  label={resource === undefined ? texts.staticWay(schemeOf(authentication)) : texts.oauthWay}
                  description={proposal.data.ways[index]?.description ?? proposal.data.ways[index]?.scheme}
                />
              ))}
              {resources.data.length > 0 && <Radio value="existing" label={texts.existingResource} />}
              <Radio value="preset" label={texts.preset} description={texts.presetAbout} />
              <Radio value="none" label={texts.noAuthentication} />
            </Stack>
          </Radio.Group>
          {selected === 'existing' && (
            <Select
              label={texts.oauthResource}
              data={resources.data.map(({ document }) => ({
                value: document.name,
                label: document.displayName ?? document.name,
              }))}
              value={existing}
              onChange={setExisting}
              searchable
            />
          )}
          {selected === 'preset' && (
            <Select
              label={texts.provider}
              data={(presets.data?.items ?? []).map((one) => ({ value: one.name, label: one.title }))}
              value={presetName}
              onChange={setPresetName}
              searchable
            />
          )}
          {variables.map((variable) => {
            const Input = (told.get(variable)?.secret ?? isSecretName(variable)) ? PasswordInput : TextInput;
            return (
              <Input
                key={variable}
                label={told.get(variable)?.description ?? variable}
                value={values[variable] ?? ''}
                onChange={({ currentTarget: { value } }) => setValues((before) => ({ ...before, [variable]: value }))}
                autoComplete="off"
              />
            );
          })}
          {choice?.resource !== undefined && (
            <div>
              <Text size="sm" fw={600}>
                {texts.redirectUri}
              </Text>
              <Text size="sm" c="dimmed" mb={4}>
                {texts.redirectUriAbout}
              </Text>
              <Copyable text={redirectUri()} />
            </div>
          )}
          {proposal.data.notes.length > 0 && proposed.length > 0 && (
            <Alert color="gray">
              {proposal.data.notes.map((note) => (
                <Text key={note} size="sm">
                  {note}
                </Text>
              ))}
            </Alert>
          )}
          {save.error !== null && <ProblemAlert error={save.error} />}
          <Group>
            <Button type="submit" loading={save.isPending} disabled={final === undefined || missing.length > 0}>
              {texts.saveAndGoOn}
            </Button>
          </Group>
        </Stack>
      </form>
      {final?.resource !== undefined && (
        <Stack gap="sm" className="surface" p="lg" mih={260}>
          <Title order={2} size="h4">
            {texts.preview}
          </Title>
          {preview.error !== null ? (
            <ProblemAlert error={preview.error} />
          ) : preview.data === undefined ? (
            <Loading rows={3} />
          ) : (
            <StagePreviews stages={preview.data.items} />
          )}
        </Stack>
      )}
      <Equivalent
        commands={[`smartwright discover ${name} --propose > ${name}.yaml`, `smartwright apply ${name}.yaml`]}
        yaml={toYaml(...[choice?.resourceType, choice?.resource].filter((one) => one !== undefined), {
          ...instance,
          authentication: choice?.authentication ?? instance.authentication,
        })}
      />
    </Stack>
  );
}

const schemeOf = (authentication: Choice['authentication']): string =>
  'scheme' in authentication ? String(authentication.scheme) : authentication.mode;

const putType = (body: NonNullable<Choice['resourceType']>) =>
  ask(
    api.PUT('/api/oauth/resource-types/{name}', {
      params: { path: { name: body.name }, header: { 'If-None-Match': '*' } },
      body,
    }),
  );

/** A type that is there already is used as it is: other resources may stand on it. */
async function createOrKeep(create: () => Promise<unknown>): Promise<void> {
  try {
    await create();
  } catch (error) {
    if (!hasCode(error, 'PRECONDITION_FAILED') && !hasCode(error, 'CONFLICT')) throw error;
  }
}

/** Creates a resource; one that the instance uses already is changed, and nobody else's is. */
function putResource(body: NonNullable<Choice['resource']>, before: Choice['authentication']) {
  const own = 'resource' in before && before.resource === body.name;
  const header = own ? {} : { 'If-None-Match': '*' as const };
  return ask(api.PUT('/api/oauth/resources/{name}', { params: { path: { name: body.name }, header }, body }));
}
