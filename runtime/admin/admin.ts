import type { AdminDocument, DocumentKind } from '../../config/model/admin-document.js';
import type { Principal } from '../../config/model/principal.js';
import type { Description } from '../../config/model/service-object.js';
import type { DescriptionSummary } from '../../config/store/store.js';

/** Everything that changes the configuration goes through here: validation, references, audit. */
export interface Admin {
  /**
   * Validates and saves one document, of any kind. Saving a service instance discovers its service objects and generates its
   * SmartObjects first; when that fails nothing is saved.
   *
   * @param expectedVersion see `DocumentRepository.save`
   * @throws ConfigurationError DOCUMENT_INVALID, KEYS_INVALID, DESCRIPTOR_*; CallerError CONFLICT
   */
  save(document: unknown, actor: Principal, options?: SaveOptions): Promise<Saved>;
  /** @throws CallerError NOT_FOUND; CONFLICT, with the names of what depends on it */
  delete(kind: DocumentKind, name: string, actor: Principal): Promise<void>;
  /** Discovers again and replaces the stored description and SmartObjects. */
  refresh(instance: string, actor: Principal, options?: DescribeOptions): Promise<DescriptionSummary>;
  /** Describes without a stored instance and saves nothing. */
  describe(document: unknown, actor: Principal, options?: DescribeOptions): Promise<Description>;
  /** Validates all, then saves in order of dependency; stops at the first failure and says what was saved. */
  apply(documents: readonly unknown[], actor: Principal, options?: SaveOptions): Promise<Saved[]>;
  /** All documents, with markers in place of secrets, in the order in which they can be applied. */
  export(): Promise<AdminDocument[]>;
}

export interface DescribeOptions {
  readonly signal?: AbortSignal;
  /** Called as long work proceeds. */
  readonly progress?: (message: string) => void;
}

export interface SaveOptions extends DescribeOptions {
  readonly expectedVersion?: number;
}

export interface Saved {
  readonly kind: DocumentKind;
  readonly name: string;
  readonly version: number;
  readonly outcome: 'created' | 'changed' | 'unchanged';
  /** For a service instance. */
  readonly description?: DescriptionSummary;
  /** For an API key that was made now: the key, shown this once. */
  readonly key?: string;
}
