import type { ColumnKind, ColumnPlan } from '../plan.js';

/** Lookups that SharePoint joins in one query. Columns of people and terms count. */
const MOST_LOOKUPS = 12;

const isLookup = ({ kind }: ColumnPlan): boolean => lookupKinds.has(kind);
const lookupKinds: ReadonlySet<ColumnKind> = new Set(['lookup', 'lookups', 'person', 'persons', 'term', 'terms']);

/** `$select` and `$expand` of one query. */
export interface Selection {
  readonly select: string;
  readonly expand: string;
}

const names: Readonly<Partial<Record<ColumnKind, (column: ColumnPlan) => readonly string[]>>> = {
  lookup: ({ other = 'Title' }) => ['Id', other],
  lookups: ({ other = 'Title' }) => ['Id', other],
  person: () => ['Id', 'Title', 'EMail', 'Name'],
  persons: () => ['Id', 'Title', 'EMail', 'Name'],
};

function selectionOf(columns: readonly ColumnPlan[], termLabels: boolean): Selection {
  const select = new Set(['Id']);
  const expand = new Set<string>();
  for (const column of columns) {
    const inner = names[column.kind]?.(column);
    if (column.kind === 'size') {
      select.add('File/Length');
      expand.add('File');
    } else if (column.kind === 'isFolder') select.add('FileSystemObjectType');
    else if (inner === undefined) select.add(column.entity);
    else {
      for (const name of inner) select.add(`${column.entity}/${name}`);
      expand.add(column.entity);
    }
  }
  if (termLabels && columns.some(({ kind }) => kind === 'term')) {
    for (const name of ['ID', 'Term']) select.add(`TaxCatchAll/${name}`);
    expand.add('TaxCatchAll');
  }
  return { select: [...select].join(','), expand: [...expand].join(',') };
}

/**
 * The queries that give some columns: more than one where they have more lookups than one query may join. Each selects the
 * item's number.
 */
export function selections(columns: readonly ColumnPlan[], termLabels: boolean): readonly [Selection, ...Selection[]] {
  // The labels of terms are a lookup of their own.
  const most = MOST_LOOKUPS - (termLabels ? 1 : 0);
  const lookups = columns.filter(isLookup);
  const first = selectionOf([...columns.filter((column) => !isLookup(column)), ...lookups.slice(0, most)], termLabels);
  const more: Selection[] = [];
  for (let at = most; at < lookups.length; at += most) more.push(selectionOf(lookups.slice(at, at + most), termLabels));
  return [first, ...more];
}
