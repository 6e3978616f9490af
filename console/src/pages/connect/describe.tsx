import {
  Alert,
  Button,
  Checkbox,
  FileInput,
  Group,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { api, ask, type Schemas } from '../../api/client.ts';
import { SchemaForm } from '../../form/index.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Page } from '../../parts/page.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Working } from '../../parts/working.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { serviceTypesQuery } from '../service-instances/queries.ts';
import { shellWord, toYaml } from './documents.ts';
import { Equivalent } from './equivalent.tsx';
import { Found } from './found.tsx';
import { hostOf, isPrivateHost, systemNameFrom } from './naming.ts';
import { keptDescriptor, type Source, sources } from './source.ts';
import { Steps } from './steps.tsx';

type Keys = Record<string, unknown>;

/** Step 2: where the service is described, and what is found there. Nothing is saved before the person goes on. */
export function Component() {
  const { type = '' } = useParams();
  const { data, error, refetch } = useQuery(serviceTypesQuery);
  const { connect: texts, notFound } = useTexts();
  const service = data?.items.find((one) => one.type === type);
  return (
    <Page title={service === undefined ? texts.title : texts.connectKind(service.displayName)}>
      <Steps current="describe" />
      {error !== null ? (
        <ProblemAlert error={error} retry={refetch} />
      ) : data === undefined ? (
        <Loading />
      ) : service === undefined ? (
        <Text>{notFound.explanation}</Text>
      ) : (
        <Describe key={type} service={service} />
      )}
    </Page>
  );
}

function Describe({ service }: { readonly service: Schemas['ServiceType'] }) {
  const { connect: texts } = useTexts();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { main, more } = keysOf(service);
  const [source, setSource] = useState<Source>('address');
  const [address, setAddress] = useState('');
  const [text, setText] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [keys, setKeys] = useState<Keys>({});
  const [allowed, setAllowed] = useState<readonly string[]>([]);
  const [name, setName] = useState('');
  const [displayName, setDisplayName] = useState('');
  const stop = useRef(new AbortController());

  const draft = (location: string): Schemas['ServiceInstance'] => ({
    kind: 'ServiceInstance',
    name: name === '' ? 'draft' : name,
    ...(displayName !== '' && { displayName }),
    type: service.type,
    authentication: { mode: 'none' },
    keys: { ...keys, [main.name]: location },
    ...(allowed.length > 0 && { allowedHosts: [...allowed] }),
  });

  const look = useMutation({
    mutationFn: async () => {
      stop.current = new AbortController();
      const { signal } = stop.current;
      const location =
        source === 'address' ? address.trim() : await keptDescriptor(source === 'file' ? file : text, signal);
      const body = { ...draft(location), name: 'draft' };
      const found = await ask(api.POST('/api/service-instances/describe', { body, signal }));
      return { location, found };
    },
    onSuccess({ location, found }) {
      const title = found.title ?? hostOf(location) ?? service.displayName;
      if (name === '') setName(systemNameFrom(title));
      if (displayName === '') setDisplayName(title.slice(0, 100));
    },
  });
  const save = useMutation({
    mutationFn: async ({ location }: { location: string }) => {
      const body = draft(location);
      const params = { path: { name: body.name }, header: { 'If-None-Match': '*' as const } };
      await ask(api.PUT('/api/service-instances/{name}', { params, body }));
      return body.name;
    },
    onSuccess(saved) {
      void queries.invalidateQueries();
      void navigate(`/connect/${saved}/authentication`);
    },
  });

  const hosts = [
    ...(source === 'address' ? [hostOf(address) ?? ''] : []),
    ...(look.data?.found.hosts ?? []).map(plainHost),
  ];
  const privateHosts = [...new Set([...hosts.filter((host) => host !== '' && isPrivateHost(host)), ...allowed])];
  const ready = source === 'address' ? address.trim() !== '' : source === 'file' ? file !== null : text.trim() !== '';
  const location = look.data?.location ?? (address.trim() || texts.theDescriptor);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    look.mutate();
  };

  return (
    <Stack gap="lg">
      <form onSubmit={submit}>
        <Stack gap="md" className="surface" p="lg">
          {main.isDocument && (
            <SegmentedControl
              aria-label={texts.source}
              value={source}
              onChange={(value) => setSource(value as Source)}
              data={sources.map((value) => ({ value, label: texts.sources[value] }))}
            />
          )}
          {source === 'address' ? (
            <TextInput
              label={main.title}
              description={main.description}
              value={address}
              onChange={({ currentTarget }) => setAddress(currentTarget.value)}
              placeholder="https://"
              autoComplete="off"
              spellCheck={false}
              required
            />
          ) : source === 'file' ? (
            <FileInput label={texts.file} value={file} onChange={setFile} required clearable={false} />
          ) : (
            <Textarea
              label={texts.paste}
              value={text}
              onChange={({ currentTarget }) => setText(currentTarget.value)}
              minRows={8}
              maxRows={16}
              autosize
              spellCheck={false}
              required
              styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            />
          )}
          {privateHosts.map((host) => (
            <Checkbox
              key={host}
              label={texts.allowHost(host)}
              description={texts.allowHostWhy}
              checked={allowed.includes(host)}
              onChange={({ currentTarget: { checked } }) =>
                setAllowed(checked ? [...allowed, host] : allowed.filter((one) => one !== host))
              }
            />
          ))}
          <Group gap="xs">
            <Button type="submit" disabled={!ready} loading={look.isPending} variant={look.data ? 'default' : 'filled'}>
              {texts.look}
            </Button>
            {look.isPending && <Working onCancel={() => stop.current.abort()} />}
          </Group>
        </Stack>
      </form>
      {more !== undefined && (
        <details>
          <summary>{texts.moreSettings}</summary>
          <Stack className="surface" p="lg" mt="xs">
            <SchemaForm schema={more} value={keys} onChange={(value) => setKeys(value as Keys)} idPrefix="keys" />
          </Stack>
        </details>
      )}
      {look.error !== null && !look.isPending && !isAborted(look.error) && (
        <ProblemAlert error={look.error} retry={() => look.mutate()} />
      )}
      {look.data !== undefined && !look.isPending && (
        <>
          <Found found={look.data.found} />
          <Stack gap="md" className="surface" p="lg">
            <Group grow align="flex-start">
              <TextInput
                label={texts.displayName}
                value={displayName}
                onChange={({ currentTarget }) => setDisplayName(currentTarget.value)}
              />
              <TextInput
                label={texts.systemName}
                description={texts.systemNameRule}
                inputWrapperOrder={['label', 'input', 'description', 'error']}
                value={name}
                onChange={({ currentTarget }) => setName(currentTarget.value)}
                error={/^[A-Za-z_]\w{0,99}$/.test(name) ? undefined : texts.systemNameRule}
                spellCheck={false}
                required
              />
            </Group>
            {look.data.found.serviceObjects.length === 0 && <Alert color="orange">{texts.nothingFound}</Alert>}
            {save.error !== null && <ProblemAlert error={save.error} />}
            <Group>
              <Button loading={save.isPending} onClick={() => save.mutate(look.data)}>
                {texts.saveAndGoOn}
              </Button>
            </Group>
          </Stack>
        </>
      )}
      <Equivalent
        commands={[
          `smartwright discover --type ${service.type} --key ${main.name}=${shellWord(location)} --methods`,
          'smartwright apply service.yaml',
        ]}
        yaml={toYaml(draft(location))}
      />
      <Text size="sm" c="dimmed">
        {texts.nothingSaved}
      </Text>
    </Stack>
  );
}

const isAborted = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

/** A host without its port. */
const plainHost = (host: string): string => host.replace(/:\d+$/, '');

/** The key that says where the service is, and a schema of the others. */
function keysOf({ keys, type }: Schemas['ServiceType']) {
  const schema = keys as { properties?: Record<string, Record<string, unknown>>; required?: string[] };
  const { properties = {}, required = [] } = schema;
  const name = required[0] ?? Object.keys(properties)[0] ?? 'descriptor';
  const { [name]: key = {}, ...others } = properties;
  const rest = required.filter((one) => one !== name);
  return {
    main: {
      name,
      title: String(key.title ?? name),
      description: String(key.description ?? ''),
      isDocument: type !== 'sharepoint' && key.type === 'string',
    },
    more:
      Object.keys(others).length === 0
        ? undefined
        : { ...schema, type: 'object' as const, properties: others, required: rest },
  };
}
