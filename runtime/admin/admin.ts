import type { AdminDocument, DocumentKind } from '../../config/model/admin-document.js';
import type { Principal } from '../../config/model/principal.js';
import type { Description } from '../../config/model/service-object.js';
import type { DescriptionSummary, DescriptionVersion } from '../../config/store/store.js';
import type { Review } from './review.js';

/** Everything that changes the configuration goes through here: validation, references, audit. */
export interface Admin {
  /**
   * Validates and saves one document, of any kind. Saving a service instance discovers its service objects and generates its
   * SmartObjects first; when that fails nothing is saved. An instance that is stored already, names and texts for
   * people aside, is thereby refreshed, and breaking changes must be accepted as in `refresh`.
   *
   * @param expectedVersion see `DocumentRepository.save`
   * @throws ConfigurationError DOCUMENT_INVALID, KEYS_INVALID, DESCRIPTOR_*; CallerError PRECONDITION_FAILED, CONFLICT, CHANGES_BREAKING
   */
  save(document: unknown, actor: Principal, options?: SaveOptions): Promise<Saved>;
  /**
   * A person's tokens are ended at their providers too.
   *
   * @throws CallerError NOT_FOUND; CONFLICT, with the names of what depends on it; PRECONDITION_FAILED
   */
  delete(
    kind: DocumentKind,
    name: string,
    actor: Principal,
    options?: Pick<SaveOptions, 'expectedVersion'>,
  ): Promise<void>;
  /** Discovers again and tells what a refresh would change. Saves nothing. @throws CallerError NOT_FOUND */
  review(instance: string, actor: Principal, options?: DescribeOptions): Promise<Review>;
  /**
   * Discovers again and replaces the stored description and SmartObjects. The former description stays as a version.
   *
   * @throws CallerError NOT_FOUND; CHANGES_BREAKING with the review, when breaking changes are not accepted; CONFLICT when
   *   another difference was accepted or somebody else described the instance meanwhile. Nothing is saved then.
   */
  refresh(instance: string, actor: Principal, options?: RefreshOptions): Promise<Refreshed>;
  /** The descriptions that the instance has or had, newest first. @throws CallerError NOT_FOUND */
  versions(instance: string): Promise<DescriptionVersion[]>;
  /**
   * Brings a former description back, as a new version, with the SmartObjects that follow from it. Nothing is asked of the service.
   *
   * @throws CallerError NOT_FOUND; CONFLICT when it is the current one
   */
  restore(instance: string, version: number, actor: Principal): Promise<Refreshed>;
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

export interface RefreshOptions extends DescribeOptions {
  /** Breaking changes that may be saved: whatever there are, or those of the review with this id. Default: none. */
  readonly accept?: boolean | string | undefined;
}

/** What is stored now, and what that changed. */
export interface Refreshed extends DescriptionSummary {
  readonly review: Review;
}

export interface SaveOptions extends RefreshOptions {
  readonly expectedVersion?: number;
}

export interface Saved {
  readonly kind: DocumentKind;
  readonly name: string;
  readonly version: number;
  readonly outcome: 'created' | 'changed' | 'unchanged';
  /** For a service instance. */
  readonly description?: DescriptionSummary;
  /** For a service instance that was stored before: what differs in its description. */
  readonly review?: Review;
  /** For an API key that was made now: the key, shown this once. */
  readonly key?: string;
}
