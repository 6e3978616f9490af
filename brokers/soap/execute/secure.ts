import { keyInvalid } from '../../service-keys.js';
import type { SoapKeys } from '../keys.js';
import { chosenSecurity, missingKeys } from '../security/chosen.js';
import { newId, securityHeader } from '../security/header.js';
import { securityKeys } from '../security/keys.js';
import { signMessage } from '../security/sign.js';
import { tokenElement } from '../security/token.js';
import type { OutgoingPart } from './attached.js';
import type { Compiled } from './compile.js';
import type { MessageSecurity } from './envelope.js';

/** An envelope, and how the caller's token is put into it where it is wanted there. */
export interface SecuredEnvelope {
  readonly envelope: string;
  readonly withToken?: (token: string | undefined) => string;
  /** Binary values that are not in it. */
  readonly parts: readonly OutgoingPart[];
}

/**
 * Writes an envelope with what service keys and policy want in its security header.
 *
 * @param mtom whether binary values may leave it. They stay in what is signed: the signature is over them
 * @throws CallerError INPUT_INVALID; ConfigurationError KEYS_INVALID
 */
export function securedEnvelope(
  compiled: Compiled,
  input: Readonly<Record<string, unknown>>,
  to: string,
  keys: SoapKeys,
  mtom: boolean,
): SecuredEnvelope {
  const chosen = chosenSecurity(keys, compiled.plan.security);
  const write = (security?: MessageSecurity) =>
    mtom && security?.identify === undefined
      ? compiled.attached.collect(() => compiled.write(input, to, security))
      : { envelope: compiled.write(input, to, security), parts: [] };
  if (chosen === undefined) return write();
  const { signingKey, token } = chosen;
  const header = securityHeader(chosen);
  const placed = (written: Omit<SecuredEnvelope, 'withToken'>): SecuredEnvelope =>
    token === undefined
      ? written
      : { ...written, withToken: (value) => afterStart(written.envelope, header.start, tokenElement(value, token)) };
  if (signingKey === undefined || header.certificate === undefined) return placed(write({ header: header.xml }));
  const ids = [...header.signed];
  const identify = (kind: string): string => {
    const id = newId(kind);
    ids.push(id);
    return id;
  };
  const { envelope, parts } = write({ header: header.xml, identify });
  return placed({ envelope: signMessage(envelope, signingKey, ids, header.certificate), parts });
}

/** The signature is over other parts of the message, so a token does not break it. */
function afterStart(envelope: string, start: string, element: string): string {
  const at = envelope.indexOf(start) + start.length;
  return envelope.slice(0, at) + element + envelope.slice(at);
}

/** @throws ConfigurationError KEYS_INVALID when the policy of the service wants what no key gives */
export function checkKeys({ plan }: Compiled, keys: SoapKeys): void {
  const [key] = missingKeys(keys, plan.security);
  if (key === undefined) return;
  throw keyInvalid(key, securityKeys[key].title, 'must be set: the policy of the service wants it in each message');
}
