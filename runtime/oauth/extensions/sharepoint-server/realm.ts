import { ConfigurationError } from '../../../../config/model/errors.js';
import type { ExtensionContext } from '../extension.js';

/**
 * The realm of a farm: what is configured, else what the farm's challenge names.
 *
 * @throws ConfigurationError DOCUMENT_INVALID when the farm names none; UpstreamError when it cannot be reached
 */
export async function realmOf({ resource, values, http }: ExtensionContext): Promise<string> {
  const configured = values.realm;
  if (typeof configured === 'string') return configured.toLowerCase();
  const url = new URL('/_vti_bin/client.svc', resource.tokenEndpoint).href;
  const answer = await http.send({ method: 'GET', url, headers: { authorization: 'Bearer' }, redirects: 'manual' });
  answer.discard();
  const challenge = [answer.headers['www-authenticate'] ?? []].flat().join(', ');
  const realm = /\bBearer\b[^,]*?\brealm="([0-9a-f-]{36})"/i.exec(challenge)?.[1];
  if (realm !== undefined) return realm.toLowerCase();
  throw new ConfigurationError(
    'DOCUMENT_INVALID',
    `OAuth resource "${resource.name}": ${url} answered ${answer.status} without a challenge that names a realm; ` +
      'give the parameter "realm" a value, or check the address of the farm.',
  );
}
