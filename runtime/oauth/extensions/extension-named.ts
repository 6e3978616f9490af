import { ConfigurationError } from '../../../config/model/errors.js';
import type { OAuthResourceType } from '../../../config/model/oauth-resource-type.js';
import type { OAuthExtension } from './extension.js';

/** The extension of a type; undefined when it has none. @throws ConfigurationError DOCUMENT_INVALID when it is not installed */
export function extensionNamed(
  { name, extension }: OAuthResourceType,
  extensions: ReadonlyMap<string, OAuthExtension>,
): OAuthExtension | undefined {
  if (extension === undefined) return undefined;
  const found = extensions.get(extension);
  if (found !== undefined) return found;
  const message = `there is no extension "${extension}"; there are ${[...extensions.keys()].join(', ')}`;
  throw new ConfigurationError('DOCUMENT_INVALID', `OAuth resource type "${name}": ${message}.`, {
    fields: [{ pointer: '/extension', message }],
  });
}
