import { ConfigurationError } from '../../../config/model/errors.js';
import { parseXml, XmlSyntaxError } from '../../xml/index.js';
import type { TokenPlacement } from '../plan.js';
import { binaryToken, newId } from './header.js';

/** RFC 7519 §5: what other stacks send a JWT as. An opaque token goes by the type of RFC 8693 §3. */
const JWT = 'urn:ietf:params:oauth:token-type:jwt';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

const SAML = /^urn:oasis:names:tc:SAML:[12]\.0:assertion$/;

const writers: Readonly<Record<TokenPlacement, (token: string) => string>> = {
  binary: (token) => {
    const isJwt = /^[\w-]+\.[\w-]+\.[\w-]*$/.test(token);
    return binaryToken(newId('token'), isJwt ? JWT : ACCESS_TOKEN, Buffer.from(token).toString('base64'));
  },
  saml: (token) => {
    const text = token.trimStart().startsWith('<') ? token : Buffer.from(token, 'base64').toString();
    try {
      const assertion = parseXml(text);
      // Its signature is over what it says, so it goes as it is.
      if (assertion.name === 'Assertion' && SAML.test(assertion.namespace))
        return text.replace(/^\s*<\?xml[^>]*\?>\s*/, '');
    } catch (error) {
      if (!(error instanceof XmlSyntaxError)) throw error;
    }
    throw new ConfigurationError(
      'KEYS_INVALID',
      'The service wants a SAML assertion, and the token of the instance’s authentication is none. Choose another Token Placement, or an OAuth resource whose provider gives assertions.',
      { fields: [{ pointer: '/keys/tokenPlacement', message: 'wants a SAML assertion, which the token is not' }] },
    );
  },
};

/**
 * The access token as an element of the security header (WS-Security 1.1 §6; SAML Token Profile 1.1 §3.3).
 *
 * @param token undefined when the instance's authentication brings none
 * @throws ConfigurationError KEYS_INVALID
 */
export function tokenElement(token: string | undefined, placement: TokenPlacement): string {
  if (token !== undefined) return writers[placement](token);
  throw new ConfigurationError(
    'KEYS_INVALID',
    'The service wants a token in the message, and the instance’s authentication brings no bearer token. Name an OAuth resource there, or give the token itself as a static bearer.',
    { fields: [{ pointer: '/authentication', message: 'brings no bearer token for the message' }] },
  );
}
