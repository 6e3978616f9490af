import { Box, Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Schemas } from '../../api/client.ts';
import { hasCode } from '../../api/problem.ts';
import { Loading } from '../../parts/loading.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Icon } from '../../shell/icon.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { saveInstance } from '../service-instances/queries.ts';
import { KindBadge } from '../smart-objects/kind-badge.tsx';
import type { MethodEntry } from '../smart-objects/queries.ts';
import { toYaml } from './documents.ts';
import { type Edits, editedOverlay, editsOf } from './edited-overlay.ts';
import { Equivalent } from './equivalent.tsx';
import { discoveryQuery } from './queries.ts';
import type { StoredStepProps } from './stored-step.tsx';

type Objects = Schemas['Discovery']['serviceObjects'];

/** Pixels of a row. */
const ROW = 48;

/** Step 5: which objects and methods there will be, and what they are called. It writes the instance's overlay. */
export function MethodsStep({ stored }: StoredStepProps) {
  const { connect: texts } = useTexts();
  const { document: instance, version } = stored;
  const navigate = useNavigate();
  const queries = useQueryClient();
  const discovery = useQuery(discoveryQuery(instance));
  const [edits, setEdits] = useState<Edits>(() => editsOf(instance.overlay));
  const [filter, setFilter] = useState('');
  const objects = discovery.data?.serviceObjects ?? [];
  const overlay = editedOverlay(instance.overlay, objects, edits);
  const { overlay: before, ...bare } = instance;
  const document = overlay === undefined ? bare : { ...bare, overlay };
  const next = `/connect/${instance.name}/try`;

  const save = useMutation({
    mutationFn: async (accept?: string) => {
      if (JSON.stringify(overlay) === JSON.stringify(before)) return;
      await saveInstance(document, version, accept);
    },
    onSuccess() {
      void queries.invalidateQueries();
      void navigate(next);
    },
  });

  if (discovery.error !== null) return <ProblemAlert error={discovery.error} retry={discovery.refetch} />;
  if (discovery.data === undefined) return <Loading rows={8} />;
  const review = hasCode(save.error, 'CHANGES_BREAKING') ? save.error.document.review : undefined;
  return (
    <Stack gap="lg">
      <Stack gap="md" className="surface" p="lg">
        <TextInput
          aria-label={texts.search}
          placeholder={texts.search}
          leftSection={<Icon name="search" size={16} />}
          value={filter}
          onChange={({ currentTarget }) => setFilter(currentTarget.value)}
        />
        <Names objects={objects} filter={filter} edits={edits} onChange={setEdits} />
        {save.error !== null && (
          <ProblemAlert error={save.error}>
            {review !== undefined && (
              <Button size="xs" color="red" onClick={() => save.mutate(review.id)}>
                {texts.acceptBreaking(review.counts.breaking)}
              </Button>
            )}
          </ProblemAlert>
        )}
        <Group>
          <Button loading={save.isPending} onClick={() => save.mutate(undefined)}>
            {texts.generate}
          </Button>
        </Group>
      </Stack>
      <Equivalent
        commands={[
          `smartwright apply ${instance.name}.yaml`,
          `smartwright generate ${instance.name} --out src/${instance.name}`,
        ]}
        yaml={toYaml(document)}
      />
    </Stack>
  );
}

interface Row {
  /** By which the overlay names it. */
  readonly key: string;
  readonly name: string;
  readonly displayName: string;
  readonly kind?: MethodEntry['kind'];
}

function rowsOf(objects: Objects, filter: string): Row[] {
  const wanted = filter.trim().toLowerCase();
  const fits = ({ name, displayName }: { name: string; displayName: string }) =>
    wanted === '' || name.toLowerCase().includes(wanted) || displayName.toLowerCase().includes(wanted);
  return objects.flatMap((object): Row[] => {
    const methods = fits(object) ? object.methods : object.methods.filter(fits);
    if (methods.length === 0 && !fits(object)) return [];
    const { name, displayName } = object;
    return [
      { key: name, name, displayName },
      ...methods.map((method) => ({ ...method, key: `${name}.${method.name}` })),
    ];
  });
}

interface NamesProps {
  readonly objects: Objects;
  readonly filter: string;
  readonly edits: Edits;
  readonly onChange: (edits: Edits) => void;
}

/** The objects and methods, of which only those in sight are drawn. */
function Names({ objects, filter, edits, onChange }: NamesProps) {
  const { connect: texts } = useTexts();
  const rows = useMemo(() => rowsOf(objects, filter), [objects, filter]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
  });
  const hide = (key: string, hidden: boolean): void => {
    const all = new Set(edits.hidden);
    if (hidden) all.add(key);
    else all.delete(key);
    onChange({ ...edits, hidden: all });
  };
  const rename = (key: string, name: string): void =>
    onChange({ ...edits, names: new Map(edits.names).set(key, name) });
  return (
    <div ref={scroller} className="scroll-x" style={{ height: Math.min(rows.length * ROW, 480), overflowY: 'auto' }}>
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          const object = row.key.split('.')[0] ?? '';
          const isObject = row.kind === undefined;
          const under = !isObject && edits.hidden.has(object);
          return (
            <Group
              key={row.key}
              wrap="nowrap"
              gap="sm"
              pl={isObject ? 4 : 28}
              pr="xs"
              style={{ position: 'absolute', top: start, height: ROW, width: '100%' }}
            >
              <Checkbox
                checked={!under && !edits.hidden.has(row.key)}
                disabled={under}
                onChange={({ currentTarget }) => hide(row.key, !currentTarget.checked)}
                aria-label={texts.show(row.key)}
              />
              <Text fw={isObject ? 700 : 400} truncate flex={1} title={row.key}>
                {row.displayName}
              </Text>
              {row.kind !== undefined && (
                <Box visibleFrom="sm">
                  <KindBadge kind={row.kind} />
                </Box>
              )}
              <TextInput
                size="xs"
                w={{ base: 110, sm: 200 }}
                aria-label={texts.nameOf(row.key)}
                placeholder={row.name}
                value={edits.names.get(row.key) ?? ''}
                onChange={({ currentTarget }) => rename(row.key, currentTarget.value)}
                spellCheck={false}
              />
            </Group>
          );
        })}
      </div>
    </div>
  );
}
