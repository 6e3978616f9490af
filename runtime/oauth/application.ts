import { CallerError, ConfigurationError } from '../../config/model/errors.js';
import type { OAuthResource } from '../../config/model/oauth-resource.js';
import type { Grant, OAuthResourceType } from '../../config/model/oauth-resource-type.js';
import type { Store } from '../../config/store/store.js';
import { withPlaceholders } from './filled-application.js';

/** What a registered client is to the token flow: an OAuth resource with its type, secrets in the clear. */
export interface Application {
  readonly type: OAuthResourceType;
  readonly resource: OAuthResource;
}

/** An application as the store holds it. */
export interface StoredApplication extends Application {
  /** The resource's version; a consent is bound to it. */
  readonly version: number;
}

export const grantOf = (type: OAuthResourceType): Grant => type.grant ?? 'authorization_code';

/**
 * Reads a resource and its type, with their secrets, placeholders filled in.
 *
 * @throws CallerError NOT_FOUND when there is no such resource; ConfigurationError DOCUMENT_INVALID when its type is gone
 */
export async function loadApplication(store: Store, name: string): Promise<StoredApplication> {
  const resource = await store.resources.reveal(name);
  if (resource === undefined) throw new CallerError('NOT_FOUND', `There is no OAuth resource "${name}".`);
  const type = await store.resourceTypes.reveal(resource.document.type);
  if (type === undefined) {
    throw new ConfigurationError(
      'DOCUMENT_INVALID',
      `OAuth resource "${name}": its type "${resource.document.type}" does not exist; save the type, or name another one.`,
    );
  }
  return withPlaceholders({ resource: resource.document, type: type.document, version: resource.version });
}
