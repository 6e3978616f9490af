import { type Broker, type MethodCall, pushesRange, type Range } from '../../brokers/broker.js';
import { CallerError } from '../../config/model/errors.js';

/** What is still to be done of a list of which a part is wanted. */
export interface Rest extends Range {
  /** The page to go on with; undefined: the first. */
  readonly next: string | undefined;
}

/** A list of which a part is wanted: the call that gives its pages, and what to take of them. */
export interface RangedCall {
  /** Without `$top`, `$skip` and `$next`. */
  readonly call: MethodCall;
  readonly rest: Rest;
}

/**
 * Takes `$top` and `$skip` out of a call, and leaves to the service what it can do of them. Undefined when neither is given, and
 * when they are inputs of the service's own that its broker takes as they are.
 *
 * @throws CallerError INPUT_INVALID for a `$next` that is not of such a call
 */
export function rangedCall(broker: Broker, call: MethodCall): RangedCall | undefined {
  const { $top, $skip, $next, ...input } = call.input;
  if ($top === undefined && $skip === undefined) return undefined;
  const [top, skip] = [countOf($top), countOf($skip)];
  if (Number.isNaN(top) || Number.isNaN(skip)) return undefined;
  if (
    !pushesRange(broker) &&
    ($top === undefined || declares(call, '$top')) &&
    ($skip === undefined || declares(call, '$skip'))
  )
    return undefined;
  const plain = { ...call, input };
  const range = { top, skip: skip ?? 0 };
  const pushed = pushesRange(broker) ? broker.pushRange(plain, range) : { input, skip: range.skip };
  const rest = $next === undefined ? { skip: pushed.skip, top, next: undefined } : readRest($next);
  return { call: { ...plain, input: pushed.input }, rest };
}

/** What is wanted of a page, and what is still to be done after it. */
export function takeOf(
  items: readonly unknown[],
  { skip, top }: Range,
  next: string | undefined,
): { wanted: readonly unknown[]; rest: Rest } {
  const wanted =
    skip === 0 && (top === undefined || top >= items.length)
      ? items
      : items.slice(skip, top === undefined ? undefined : skip + top);
  return {
    wanted,
    rest: {
      skip: Math.max(0, skip - items.length),
      top: top === undefined ? undefined : top - wanted.length,
      next,
    },
  };
}

/** The call of the page to go on with. */
export function pageOf(call: MethodCall, next: string | undefined): MethodCall {
  return next === undefined ? call : { ...call, input: { ...call.input, $next: next } };
}

/** The `next` of a page of which a part is wanted, opaque to all others. */
export function writeRest(rest: Rest): string {
  return Buffer.from(JSON.stringify(rest)).toString('base64url');
}

function readRest($next: unknown): Rest {
  const read = parsed($next);
  const { skip, top, next } = read ?? {};
  if (typeof next === 'string' && isCount(skip) && (top === undefined || isCount(top))) return { skip, top, next };
  const message = 'must be the "next" of a page that this method gave for the same $top and $skip';
  throw new CallerError('INPUT_INVALID', `The input is not valid: /$next ${message}.`, {
    fields: [{ pointer: '/$next', message }],
  });
}

function parsed(text: unknown): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(String(text), 'base64url').toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** Inputs of the service's own may be text, or something else than a count: NaN. */
function countOf(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return isCount(number) ? number : Number.NaN;
}

function declares({ method: { input } }: MethodCall, name: string): boolean {
  return typeof input === 'object' && Object.hasOwn(input.properties ?? {}, name);
}
