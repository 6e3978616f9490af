import type { Choice, ChoiceSource } from '../../config/model/designer.js';
import { CallerError } from '../../config/model/errors.js';
import type { CallResult } from '../engine/engine.js';
import { bindDesignCall, type DesignContext, type DesignQuestion, designFactsOf, valueAt } from './design-call.js';

/** The values to choose from for an input. */
export interface Choices {
  readonly items: readonly Choice[];
  /** There are more than are told. */
  readonly more?: boolean;
  /** Flat names of the inputs that have to be filled in before anything can be told. */
  readonly waitsFor?: readonly string[];
}

/** Values that are told at most; a person who has to choose among more needs a search. */
const MOST_CHOICES = 1_000;
/** Pages that are asked for; a service may have empty ones. */
const MOST_PAGES = 10;

/**
 * The values that can be chosen for an input: those of its `enum`, or those that the method which its description names gives
 * (`x-ms-dynamic-values`, `x-ms-dynamic-list`), called as the person who asks.
 *
 * @throws CallerError NOT_FOUND when there is no such input, or nothing is told of its values; and as the called method does
 */
export async function choicesOf(question: DesignQuestion, context: DesignContext): Promise<Choices> {
  const { choices, choicesFrom } = await designFactsOf(question, context.store);
  if (choicesFrom === undefined) {
    if (choices !== undefined) return { items: choices };
    const { object, method, property } = question;
    throw new CallerError('NOT_FOUND', `Nothing is told of the values of "${property}" of ${object}.${method}.`);
  }
  const bound = await bindDesignCall(choicesFrom, question.input, context.store);
  return 'waitsFor' in bound
    ? { items: [], waitsFor: bound.waitsFor }
    : await collect(choicesFrom, bound.input, context);
}

async function collect(
  source: ChoiceSource,
  input: Readonly<Record<string, unknown>>,
  { engine, principal, signal }: DesignContext,
): Promise<Choices> {
  const { object, method } = source;
  const found = new Map<string, Choice>();
  let next: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const pageInput = next === undefined ? input : { ...input, $next: next };
    const result = await engine.execute({ object, method, input: pageInput }, principal, signal);
    for (const item of itemsIn(result, source.items)) {
      const choice = choiceOf(item, source);
      if (choice === undefined) continue;
      if (found.size === MOST_CHOICES) return { items: [...found.values()], more: true };
      const key = `${typeof choice.value} ${String(choice.value)}`;
      if (!found.has(key)) found.set(key, choice);
    }
    next = 'items' in result ? result.next : undefined;
    if (next === undefined) return { items: [...found.values()] };
  }
  return { items: [...found.values()], more: true };
}

function itemsIn(result: CallResult, path: readonly string[]): readonly unknown[] {
  if ('items' in result) return result.items;
  const items = valueAt(result.value, path);
  return Array.isArray(items) ? items : [];
}

/** A choice is a plain value: what is none cannot be chosen. */
function choiceOf(item: unknown, { value: valuePath, title }: ChoiceSource): Choice | undefined {
  const value = valueAt(item, valuePath);
  if (!isPlain(value)) return undefined;
  const named = valueAt(item, title);
  return { value, displayName: isPlain(named) ? String(named) : String(value) };
}

const isPlain = (value: unknown): boolean => ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
