import { createHash } from 'node:crypto';
import {
  compareDescriptions,
  type DescriptionChange,
  type DescriptionDifference,
  type Impact,
  worst,
} from '../../config/model/description-difference.js';
import { CallerError } from '../../config/model/errors.js';
import type { Description } from '../../config/model/service-object.js';
import { smartObjectName } from '../../config/model/smart-object.js';
import type { Store } from '../../config/store/store.js';

/** A method of a SmartObject that a change touches. */
export interface DependentMethod {
  readonly object: string;
  readonly method: string;
  readonly impact: Impact;
  /** It belongs to a SmartObject of another instance, which calls this one. */
  readonly composite?: true;
}

/** What differs between the stored description of an instance and another one, for a person or a program to decide on. */
export interface Review {
  readonly instance: string;
  /**
   * Names this difference: whoever accepts it by this name accepts these changes on this stored description and nothing else.
   * Changes that no caller sees do not count.
   */
  readonly id: string;
  /** The worst of all changes. */
  readonly impact: Impact;
  readonly counts: Readonly<Record<Impact, number>>;
  /** Breaking ones first. */
  readonly changes: readonly DescriptionChange[];
  /** The methods of SmartObjects that they touch, those of composites of other instances too. Breaking ones first. */
  readonly dependents: readonly DependentMethod[];
}

/** A description as it was stored when the comparison was made. */
export interface Former {
  readonly description: Description;
  readonly hash: string;
}

export interface Reviewed {
  readonly review: Review;
  readonly difference: DescriptionDifference;
}

/** The stored description of an instance. */
export async function formerOf(store: Store, instance: string): Promise<Former | undefined> {
  // The hash is read first: if another description comes in between, `refuseWhenReplaced` will tell.
  const summary = await store.descriptions.summary(instance);
  const description = await store.descriptions.load(instance);
  return summary === undefined || description === undefined ? undefined : { description, hash: summary.hash };
}

/** Compares what is stored with what is to be stored. */
export async function reviewOf(store: Store, instance: string, former: Former, latter: Description): Promise<Reviewed> {
  const difference = compareDescriptions(former.description, latter);
  const counts = { breaking: 0, warning: 0, additive: 0, none: 0 };
  for (const { impact } of difference.changes) counts[impact]++;
  return {
    difference,
    review: {
      instance,
      id: idOf(former.hash, difference.changes),
      impact: difference.impact,
      counts,
      changes: difference.changes,
      dependents: await dependentsOf(store, instance, difference),
    },
  };
}

function idOf(formerHash: string, changes: readonly DescriptionChange[]): string {
  const hash = createHash('sha256').update(formerHash);
  for (const { impact, code, pointer, message } of changes) {
    if (impact !== 'none') hash.update(JSON.stringify([impact, code, pointer, message]));
  }
  return hash.digest('base64url').slice(0, 16);
}

async function dependentsOf(
  store: Store,
  instance: string,
  { methods }: DescriptionDifference,
): Promise<DependentMethod[]> {
  const impacts = new Map(methods.map((one) => [JSON.stringify([one.serviceObject, one.method]), one.impact]));
  const own = methods.map(({ serviceObject, method, impact }): DependentMethod => {
    return { object: smartObjectName(instance, serviceObject), method, impact };
  });
  const composites = new Map<string, DependentMethod>();
  for (const { object, method, serviceObject, serviceMethod } of await store.smartObjects.dependents(instance)) {
    const impact = impacts.get(JSON.stringify([serviceObject, serviceMethod]));
    if (impact === undefined) continue;
    const key = JSON.stringify([object, method]);
    const known = composites.get(key)?.impact ?? 'none';
    composites.set(key, { object, method, impact: worst([known, impact]), composite: true });
  }
  const all = [...own, ...composites.values()];
  return (['breaking', 'warning', 'additive'] as const).flatMap((impact) => all.filter((one) => one.impact === impact));
}

/** Changes and dependents that an answer names beside a result or a refusal; `POST …/review` gives them all. */
const MOST_TOLD = 200;

/** A review with no more changes and dependents than an answer should carry; `counts` stay whole. */
export function shortened({ changes, dependents, ...review }: Review): Review {
  return { ...review, changes: changes.slice(0, MOST_TOLD), dependents: dependents.slice(0, MOST_TOLD) };
}

/**
 * Lets breaking changes pass only when they are accepted: all that there are (`true`), or those of the review with this id.
 *
 * @throws CallerError CHANGES_BREAKING, which carries the review; CONFLICT when another difference was accepted
 */
export function refuseUnaccepted(review: Review, accept: boolean | string | undefined): void {
  const { instance, id, impact } = review;
  const told = { extensions: { review: shortened(review) } };
  if (typeof accept === 'string' && accept !== id && impact !== 'none') {
    throw new CallerError(
      'CONFLICT',
      `Service instance "${instance}": the difference "${accept.slice(0, 50)}" was accepted, and this is another one, "${id}". Nothing was saved. Look at it and accept that.`,
      told,
    );
  }
  if (impact !== 'breaking' || accept === true || accept === id) return;
  const breaking = review.changes.filter((change) => change.impact === 'breaking');
  const [first, second, third, ...more] = breaking.map(({ message }) => message);
  const named = [first, second, third].filter((message) => message !== undefined).join(' ');
  const rest = more.length === 0 ? '' : ` And ${more.length} more.`;
  throw new CallerError(
    'CHANGES_BREAKING',
    `Service instance "${instance}" has ${breaking.length} breaking ${breaking.length === 1 ? 'change' : 'changes'}: ${named}${rest} Nothing was saved. Accept the difference "${id}" to save it all the same.`,
    told,
  );
}

/** @throws CallerError CONFLICT when the stored description is no longer the one that was compared */
export async function refuseWhenReplaced(within: Store, instance: string, former: Former | undefined): Promise<void> {
  const current = await within.descriptions.summary(instance);
  if (current?.hash === former?.hash) return;
  throw new CallerError(
    'CONFLICT',
    `Service instance "${instance}" was described by somebody else meanwhile. Nothing was saved. Try again.`,
  );
}
