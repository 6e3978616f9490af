import { isFields, numberIn, recordOf, textIn } from '../odata/answer.js';

/** Sites whose digest is remembered at most. */
const MOST_SITES = 1_000;

/** Milliseconds before its end that a digest is not used any more. */
const MARGIN = 60_000;

export interface FormDigest {
  readonly value: string;
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

/** The form digests that sites on premises ask for. One that is not this person's is refused, and another is fetched. */
const digests = new Map<string, FormDigest>();

export function digestFor(site: string): string | undefined {
  const known = digests.get(site);
  return known !== undefined && known.expires > Date.now() ? known.value : undefined;
}

export function keepDigest(site: string, digest: FormDigest): void {
  digests.delete(site);
  digests.set(site, digest);
  const [oldest] = digests.keys();
  if (digests.size > MOST_SITES && oldest !== undefined) digests.delete(oldest);
}

/** Reads the answer of `_api/contextinfo`. Undefined when it has no digest. */
export function readDigest(answer: unknown, now = Date.now()): FormDigest | undefined {
  const content = recordOf(answer);
  const info = isFields(content.GetContextWebInformation) ? content.GetContextWebInformation : content;
  const value = textIn(info, 'FormDigestValue');
  if (value === undefined) return undefined;
  return { value, expires: now + (numberIn(info, 'FormDigestTimeoutSeconds') ?? 1_800) * 1_000 - MARGIN };
}
