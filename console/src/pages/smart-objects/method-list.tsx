import { Code, Group, Skeleton, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useRef } from 'react';
import { Link } from 'react-router';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { KindBadge } from './kind-badge.tsx';
import { type MethodEntry, type MethodFilter, methodPageQuery, methodPath, PAGE } from './queries.ts';

/** Pixels of a row. */
const ROW = 68;
const OVERSCAN = 8;

/** A list of any length: only rows in sight are drawn, and only pages with such rows are asked for. */
export function MethodList({ filter, total }: { readonly filter: MethodFilter; readonly total: number }) {
  const { smartObjects: texts } = useTexts();
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW,
    overscan: OVERSCAN,
  });
  const rows = virtual.getVirtualItems();
  const numbers = [...new Set(rows.map(({ index }) => Math.floor(index / PAGE)))];
  const pages = useQueries({
    queries: numbers.map((page) => ({ ...methodPageQuery(filter, page), placeholderData: undefined })),
  });
  const failed = pages.find(({ error }) => error !== null);
  const entryAt = (index: number): MethodEntry | undefined =>
    pages[numbers.indexOf(Math.floor(index / PAGE))]?.data?.items[index % PAGE];

  /** Arrow keys go from row to row, also to those that are not drawn yet. */
  const move = (event: KeyboardEvent): void => {
    const current = Number((event.target as HTMLElement).closest('[data-index]')?.getAttribute('data-index') ?? -1);
    const wanted = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: total - 1 }[event.key];
    if (wanted === undefined || wanted < 0 || wanted >= total) return;
    event.preventDefault();
    virtual.scrollToIndex(wanted);
    focusWhenDrawn(frame.current, wanted);
  };

  return (
    <>
      {failed !== undefined && <ProblemAlert error={failed.error} retry={failed.refetch} />}
      {/* biome-ignore lint/a11y/useSemanticElements: a list element cannot hold the box that its rows are placed in. */}
      <div
        ref={frame}
        className="surface"
        role="list"
        aria-label={texts.methods}
        onKeyDown={move}
        style={{ height: 'min(68dvh, 900px)', minHeight: 320, overflowY: 'auto', contain: 'strict' }}
      >
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {rows.map(({ index, start, key }) => (
            // biome-ignore lint/a11y/useSemanticElements: see its list.
            <div
              key={key}
              role="listitem"
              aria-setsize={total}
              aria-posinset={index + 1}
              data-index={index}
              style={{ position: 'absolute', insetInline: 0, height: ROW, transform: `translateY(${start}px)` }}
            >
              <Row entry={entryAt(index)} />
            </div>
          ))}
        </div>
      </div>
    </>
  );
}

function Row({ entry }: { readonly entry: MethodEntry | undefined }) {
  const { smartObjects: texts } = useTexts();
  if (entry === undefined) return <Skeleton height={ROW - 16} m={8} />;
  const { object, objectDisplayName, category, name, displayName, kind, deprecated } = entry;
  return (
    <Link to={methodPath(object, name)} className="method-row" data-row>
      <div style={{ minWidth: 0, flex: 1 }}>
        <Text truncate fw={600} td={deprecated === true ? 'line-through' : undefined}>
          {objectDisplayName} · {displayName}
          {deprecated === true && ` (${texts.deprecated})`}
        </Text>
        <Group gap={6} wrap="nowrap" style={{ overflow: 'hidden' }}>
          <Code
            style={{
              flexShrink: 0,
              maxWidth: '70%',
              overflow: 'hidden',
              textOverflow: 'ellipsis',
              whiteSpace: 'nowrap',
            }}
          >
            {object}.{name}
          </Code>
          <Text truncate size="sm" c="dimmed" visibleFrom="xs">
            {category}
          </Text>
        </Group>
      </div>
      <KindBadge kind={kind} />
    </Link>
  );
}

/** Frames to wait for a row that the list has scrolled to, whose page may be on its way. */
const FRAMES = 120;

function focusWhenDrawn(frame: HTMLElement | null, index: number, left = FRAMES): void {
  const link = frame?.querySelector<HTMLElement>(`[data-index="${index}"] [data-row]`);
  if (link !== null && link !== undefined) link.focus({ preventScroll: true });
  else if (left > 0) requestAnimationFrame(() => focusWhenDrawn(frame, index, left - 1));
}
