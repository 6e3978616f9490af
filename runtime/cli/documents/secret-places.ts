import type { AdminDocument } from '../../../config/model/admin-document.js';
import type { OAuthResourceType } from '../../../config/model/oauth-resource-type.js';
import type { SecretPlace } from './difference.js';

/** Names whose values are secrets whatever a document says of them. */
const secretName = /secret|password|passwd|assertion|private|credential|api.?key|token$/i;

/**
 * Where secrets stand in a document: what its kind always keeps secret, and what the OAuth resource type marks as such.
 * @param types the OAuth resource types by system name
 */
export function secretPlaces(document: AdminDocument, types: ReadonlyMap<string, OAuthResourceType>): SecretPlace {
  switch (document.kind) {
    case 'OAuthResourceType':
      return (pointer) => {
        const [, index] = /^\/parameters\/(\d+)\/stages\/[^/]+\/default$/.exec(pointer) ?? [];
        return index !== undefined && document.parameters[Number(index)]?.secret === true;
      };
    case 'OAuthResource': {
      const marked = types.get(document.type)?.parameters.filter((parameter) => parameter.secret === true) ?? [];
      const names = new Set(marked.map(({ name }) => name));
      return (pointer) => {
        if (pointer === '/signingKey/privateKey') return true;
        const [, name] = /^\/values\/([^/]+)/.exec(pointer) ?? [];
        return name !== undefined && (names.has(name) || secretName.test(name));
      };
    }
    case 'ServiceInstance':
      return (pointer) =>
        /^\/authentication\/(password|token|value)$/.test(pointer) ||
        (/^\/keys\/[^/]+$/.test(pointer) && secretName.test(pointer.slice('/keys/'.length))) ||
        /^\/keys\/[^/]+\/(authorization|cookie|[^/]*(key|token|secret)[^/]*)$/i.test(pointer);
    case 'User':
      return (pointer) => pointer === '/password';
    case 'ApiKey':
      return (pointer) => pointer === '/key';
    case 'SignInProvider':
      return (pointer) => pointer === '/clientSecret';
    case 'TrustedIssuer':
      return () => false;
  }
}
