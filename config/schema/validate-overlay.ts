import type { Overlay } from '../model/overlay.js';
import { overlaySchema } from './overlay.js';
import { overlayFaults } from './overlay-rules.js';
import { refuseFaults } from './refuse.js';
import { documentCheck } from './validator.js';

/**
 * Checks an overlay that stands by itself, not in a service instance.
 *
 * @param what where it comes from, such as a file's name
 * @throws ConfigurationError DOCUMENT_INVALID; `fields` has every fault with its JSON Pointer
 */
export function validateOverlay(overlay: unknown, what: string): Overlay {
  refuseFaults('DOCUMENT_INVALID', what, overlay, documentCheck(overlaySchema)(overlay));
  // The schema has been checked; from here it has its type.
  const valid = overlay as Overlay;
  refuseFaults('DOCUMENT_INVALID', what, overlay, overlayFaults(valid, []));
  return valid;
}
