import type { DescriptionChange, Impact } from '../../../config/model/description-difference.js';
import type { DescriptionVersion } from '../../../config/store/store.js';
import type { Review } from '../../admin/review.js';
import { printable } from './printable.js';

/** A generated module that calls a method which a change touches. */
export interface AffectedModule {
  readonly path: string;
  /** As `SmartObject.Method`. */
  readonly calls: readonly string[];
  readonly impact: Impact;
}

const marks: Readonly<Record<Impact, string>> = { breaking: '!', warning: '?', additive: '+', none: ' ' };

/** Changes of one impact that a person is shown; all breaking ones are. */
const MOST_SHOWN = 30;

/** A review for a person: a line for each change, breaking ones first, and what depends on them. */
export function reviewText(review: Review, modules: readonly AffectedModule[] = []): string {
  const { instance, counts, changes, dependents } = review;
  const lines = [`${instance}: ${countsText(counts)}`];
  for (const impact of ['breaking', 'warning', 'additive', 'none'] as const) {
    const some = changes.filter((change) => change.impact === impact);
    const shown = impact === 'breaking' ? some : some.slice(0, MOST_SHOWN);
    lines.push(...shown.map(changeLine));
    if (counts[impact] > shown.length)
      lines.push(`${marks[impact]} … and ${counts[impact] - shown.length} more (--json)`);
  }
  const hurt = dependents.filter(({ impact }) => impact === 'breaking');
  if (hurt.length > 0) lines.push('', `Breaks ${named(hurt.map(({ object, method }) => `${object}.${method}`))}`);
  const broken = modules.filter(({ impact }) => impact === 'breaking');
  for (const { path, calls } of broken) lines.push(`Breaks ${printable(path)}, which calls ${named(calls)}`);
  if (review.impact !== 'none') lines.push('', `This difference is ${review.id}.`);
  return lines.join('\n');
}

/** A change on a line. */
export const changeLine = ({ impact, message }: DescriptionChange): string => `${marks[impact]} ${printable(message)}`;

function named(names: readonly string[]): string {
  const shown = names.slice(0, MOST_SHOWN).map(printable).join(', ');
  return names.length > MOST_SHOWN ? `${shown} and ${names.length - MOST_SHOWN} more` : shown;
}

/** `1 breaking change, 2 additions`. */
export function countsText({ breaking, warning, additive, none }: Readonly<Record<Impact, number>>): string {
  const parts = [
    breaking > 0 && `${breaking} breaking ${breaking === 1 ? 'change' : 'changes'}`,
    warning > 0 && `${warning} to know of`,
    additive > 0 && `${additive} ${additive === 1 ? 'addition' : 'additions'}`,
    none > 0 && `${none} without effect`,
  ];
  return parts.filter((part) => part !== false).join(', ') || 'no changes';
}

/** One row of the history of an instance. */
export function versionRow({
  version,
  current,
  describedAt,
  by,
  restored,
  serviceVersion,
  methods,
  changes,
}: DescriptionVersion) {
  const origin = restored === undefined ? '' : `version ${restored} again; `;
  const text = changes === undefined ? '' : countsText(changes);
  return [`${version}${current ? ' *' : ''}`, describedAt, by ?? '', serviceVersion ?? '', methods, origin + text];
}
