import type { Checked } from './check.js';

/** What came of one document. */
export interface Outcome {
  /** The path in the corpus. */
  readonly document: string;
  readonly checked: Checked | { readonly outcome: 'crashed'; readonly reason: string };
  /** Type errors in the generated modules. */
  readonly typeErrors: readonly string[];
}

/**
 * Whether a document came through: described or skipped with reasons, its modules compile, no request was refused. A fragment
 * without operations of its own is refused as what it is.
 */
export function passes({ checked, typeErrors }: Outcome): boolean {
  if (checked.outcome === 'crashed') return false;
  if (checked.outcome === 'refused') return checked.code === 'DESCRIPTOR_INVALID';
  const { methods, skipped, operations, requests } = checked;
  return typeErrors.length === 0 && methods + skipped.length >= operations && requests.refused.length === 0;
}

/** Prints a table by vendor, and below it each thing that is not as it should be, with its reason. */
export function report(outcomes: readonly Outcome[]): void {
  const rows = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const vendor = vendorOf(outcome.document);
    rows.set(vendor, [...(rows.get(vendor) ?? []), outcome]);
  }
  console.table([...rows].map(([vendor, group]) => ({ vendor, ...figures(group) })));
  console.table([figures(outcomes)]);
  for (const outcome of outcomes) details(outcome);
  unjudged(outcomes);
}

function vendorOf(document: string): string {
  const [folder = '', file = ''] = document.split('/');
  return `${folder}/${file}`.replace(/\.(json|ya?ml)$/, '').replace(/\/$/, '');
}

function figures(group: readonly Outcome[]) {
  const described = group.flatMap(({ checked }) => (checked.outcome === 'described' ? [checked] : []));
  const sum = (figure: (item: (typeof described)[number]) => number) =>
    described.reduce((total, item) => total + figure(item), 0);
  return {
    documents: group.length,
    'not described': group.filter(({ checked }) => checked.outcome !== 'described').length,
    operations: sum(({ operations }) => operations),
    methods: sum(({ methods }) => methods),
    skipped: sum(({ skipped }) => skipped.length),
    'type errors': group.reduce((total, { typeErrors }) => total + typeErrors.length, 0),
    'methods sampled': sum(({ requests }) => requests.methods),
    requests: sum(({ requests }) => requests.built),
    valid: sum(({ requests }) => requests.valid),
    refused: sum(({ requests }) => requests.refused.length),
    'not judged': sum(({ requests }) => Object.values(requests.unjudged).reduce((all, count) => all + count, 0)),
    'no sample': sum(({ requests }) => requests.unsampled.length),
    ms: Math.round(sum(({ ms }) => ms)),
    'peak MB': Math.round(Math.max(0, ...described.map(({ peak }) => peak)) / 1_048_576),
  };
}

/** Lines of one kind that are shown of a document. */
const SHOWN = 20;

function details({ document, checked, typeErrors }: Outcome): void {
  const lines = (kind: string, texts: readonly string[]): void => {
    for (const text of texts.slice(0, SHOWN)) console.log(`${kind}  ${document}  ${text}`);
    if (texts.length > SHOWN) console.log(`${kind}  ${document}  and ${texts.length - SHOWN} more`);
  };
  lines('type error', typeErrors);
  if (checked.outcome === 'crashed') lines('crashed', [checked.reason]);
  else if (checked.outcome === 'refused') lines('not described', [checked.message]);
  else {
    lines('skipped', checked.skipped);
    lines('request refused', checked.requests.refused);
    lines('no sample', checked.requests.unsampled);
  }
}

/** Why requests could not be judged, over all documents. */
function unjudged(outcomes: readonly Outcome[]): void {
  const counts = new Map<string, number>();
  for (const { checked } of outcomes) {
    if (checked.outcome !== 'described') continue;
    for (const [reason, count] of Object.entries(checked.requests.unjudged))
      counts.set(reason, (counts.get(reason) ?? 0) + count);
  }
  for (const [reason, count] of [...counts].sort((a, b) => b[1] - a[1]))
    console.log(`not judged  ${count} requests: ${reason}`);
}
