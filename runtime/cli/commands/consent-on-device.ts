import { setTimeout as pause } from 'node:timers/promises';
import { CallerError } from '../../../config/model/errors.js';
import type { Credential } from '../../../config/model/principal.js';
import type { DeviceConsentDone } from '../../oauth/oauth.js';
import type { Installation } from '../installation/installation.js';
import { printable } from '../output/printable.js';
import type { Session } from '../run.js';

/**
 * Shows a person the code to enter on another device, and waits until access is allowed (RFC 8628 §3.3).
 *
 * @throws CallerError AUTHORIZATION_REFUSED when the code has run out; CANCELLED when the command is stopped
 * @throws ProviderError TOKEN_REFUSED when access is denied
 */
export async function consentOnDevice(
  installation: Installation,
  resource: string,
  credential: Credential | undefined,
  { output, terminal }: Session,
): Promise<DeviceConsentDone> {
  const { id, ...begun } = await installation.beginDeviceConsent(resource, credential);
  const { verificationUri, userCode, verificationUriComplete } = begun;
  output.note(printable(`Open ${verificationUri} on any device and enter the code ${userCode}`));
  if (verificationUriComplete !== undefined) output.note(printable(`or open ${verificationUriComplete}`));
  let wait = begun.askAgainIn;
  for (;;) {
    output.progress('Waiting for access to be allowed');
    await pause(wait * 1000, undefined, { signal: terminal.signal }).catch((cause: unknown) => {
      throw new CallerError('CANCELLED', 'The command was stopped; the code can no longer be used from here.', {
        cause,
      });
    });
    const state = await installation.pollDeviceConsent(id);
    if (state.status === 'authorized') return state;
    wait = state.askAgainIn;
  }
}
