import { ConfigurationError } from '../../config/model/errors.js';
import { jsonPointer } from '../../config/model/json-pointer.js';
import type { Diagnostic } from '../../config/model/service-object.js';
import { nearest } from '../../config/schema/index.js';

/** A rule of an overlay, or a part of one, that could not be applied. */
export interface OverlayFault {
  /** `OVERLAY_UNMATCHED`: the description has nothing of that name. `OVERLAY_UNFIT`: what is there cannot be so. */
  readonly code: 'OVERLAY_UNMATCHED' | 'OVERLAY_UNFIT';
  /** The steps to the rule within the overlay. */
  readonly path: readonly string[];
  readonly message: string;
}

export function unmatched(path: readonly string[], what: string, name: string, known: Iterable<string>): OverlayFault {
  const near = nearest(name, known);
  const hint = near.length === 0 ? '' : ` Did you mean ${near.map((one) => `"${one}"`).join(' or ')}?`;
  return { code: 'OVERLAY_UNMATCHED', path, message: `There is no ${what} "${name}" in the description.${hint}` };
}

export const unfit = (path: readonly string[], message: string): OverlayFault => ({
  code: 'OVERLAY_UNFIT',
  path,
  message,
});

/**
 * Refuses an overlay that is new while it does not fit.
 *
 * @param what whose overlay it is
 * @param root the steps to the overlay within the document that carries it
 * @throws ConfigurationError DOCUMENT_INVALID that names each rule
 */
export function refuseOverlay(faults: readonly OverlayFault[], what: string, root: readonly string[]): void {
  if (faults.length === 0) return;
  const fields = faults.map(({ path, message }) => ({ pointer: jsonPointer([...root, ...path]), message }));
  const lines = faults.map(({ path, message }) => `${placeOf(path)}: ${message}`);
  throw new ConfigurationError('DOCUMENT_INVALID', `${what}: the overlay does not fit. ${lines.join('\n')}`, {
    fields,
  });
}

/** What a discovery says of an overlay that has been there before. */
export const overlayDiagnostic = ({ code, path, message }: OverlayFault): Diagnostic => ({
  severity: 'warning',
  code,
  location: `overlay#${jsonPointer(path)}`,
  message: `The overlay's ${placeOf(path)} was not applied: ${message}`,
});

const placeOf = (path: readonly string[]): string =>
  path.map((step) => (/^\w+$/.test(step) ? step : `"${step}"`)).join(' › ');
