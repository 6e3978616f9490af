import type { Broker } from '../../../brokers/broker.js';
import { isSmartwrightError } from '../../../config/model/errors.js';
import { jsonPointer } from '../../../config/model/json-pointer.js';
import type { Overlay } from '../../../config/model/overlay.js';
import type { Description } from '../../../config/model/service-object.js';
import { validateOverlay } from '../../../config/schema/index.js';
import { environmentVariable } from '../environment.js';
import { invalid, readDocuments, type SourceDocument } from './read.js';
import { faultsOf } from './validate.js';

/** An overlay that stands in a file of its own, in YAML or JSON. */
export interface OverlayFile {
  /** @throws ConfigurationError DOCUMENT_INVALID that names file and line of each rule that does not fit */
  apply(description: Description, broker: Broker): Promise<Description>;
}

/** @throws ConfigurationError DOCUMENT_INVALID that names file and line of each fault */
export async function readOverlay(file: string): Promise<OverlayFile> {
  const [source, second] = await readDocuments([file], environmentVariable);
  if (source === undefined || second !== undefined) {
    throw invalid([{ file, line: second?.line ?? 1, message: 'an overlay file holds one document, the overlay' }]);
  }
  const overlay = valid(source);
  return {
    async apply(description, broker) {
      const { applyOverlay } = await import('../../overlay/index.js');
      const { description: result, faults } = await applyOverlay(description, overlay, broker);
      if (faults.length === 0) return result;
      throw invalid(
        faults.map(({ path, message }) => {
          const pointer = jsonPointer(path);
          return { file, line: source.lineOf(pointer), pointer, message: `${pointer}: ${message}` };
        }),
      );
    },
  };
}

function valid(source: SourceDocument): Overlay {
  try {
    return validateOverlay(source.document, 'Overlay');
  } catch (error) {
    if (!isSmartwrightError(error)) throw error;
    throw invalid(faultsOf(source, error));
  }
}
