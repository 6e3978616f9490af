import { keyInvalid } from '../../service-keys.js';
import type { SoapKeys } from '../keys.js';
import { chosenSecurity, missingKeys } from '../security/chosen.js';
import { newId, securityHeader } from '../security/header.js';
import { securityKeys } from '../security/keys.js';
import { signMessage } from '../security/sign.js';
import { tokenElement } from '../security/token.js';
import type { Compiled } from './compile.js';

/** A message, and how the caller's token is put into it where it is wanted there. */
export interface SecuredMessage {
  readonly body: string;
  readonly withToken?: (token: string | undefined) => string;
}

/**
 * Writes a message with what service keys and policy want in its security header.
 *
 * @throws CallerError INPUT_INVALID; ConfigurationError KEYS_INVALID
 */
export function securedMessage(
  compiled: Compiled,
  input: Readonly<Record<string, unknown>>,
  to: string,
  keys: SoapKeys,
): SecuredMessage {
  const chosen = chosenSecurity(keys, compiled.plan.security);
  if (chosen === undefined) return { body: compiled.write(input, to) };
  const { signingKey, token } = chosen;
  const header = securityHeader(chosen);
  const placed = (body: string): SecuredMessage =>
    token === undefined
      ? { body }
      : { body, withToken: (value) => afterStart(body, header.start, tokenElement(value, token)) };
  if (signingKey === undefined || header.certificate === undefined)
    return placed(compiled.write(input, to, { header: header.xml }));
  const ids = [...header.signed];
  const identify = (kind: string): string => {
    const id = newId(kind);
    ids.push(id);
    return id;
  };
  const body = compiled.write(input, to, { header: header.xml, identify });
  return placed(signMessage(body, signingKey, ids, header.certificate));
}

/** The signature is over other parts of the message, so a token does not break it. */
function afterStart(body: string, start: string, element: string): string {
  const at = body.indexOf(start) + start.length;
  return body.slice(0, at) + element + body.slice(at);
}

/** @throws ConfigurationError KEYS_INVALID when the policy of the service wants what no key gives */
export function checkKeys({ plan }: Compiled, keys: SoapKeys): void {
  const [key] = missingKeys(keys, plan.security);
  if (key === undefined) return;
  throw keyInvalid(key, securityKeys[key].title, 'must be set: the policy of the service wants it in each message');
}
