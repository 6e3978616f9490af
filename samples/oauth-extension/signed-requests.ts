import { createHmac } from 'node:crypto';
import type { AmendsRequests, OAuthExtension } from 'smartwright/extension';

/**
 * A provider that wants its token requests signed, as some do: the time, and an HMAC over all parameters by a secret that is not sent
 * itself. Copy this file to begin an extension of your own, and name it in SMARTWRIGHT_EXTENSIONS.
 *
 * In the resource type: `extension: signed-requests`, and a parameter `signing_secret` with `secret: true`.
 */
export const extension: OAuthExtension & AmendsRequests = {
  name: 'signed-requests',
  displayName: 'Signed token requests',
  description: 'Adds the time and an HMAC-SHA-256 over all parameters to each token request.',

  amend(request, { values, now }) {
    const secret = values.signing_secret;
    if (typeof secret !== 'object') throw new Error('signing_secret must be a parameter with secret: true.');
    const timestamp = { name: 'timestamp', value: String(Math.floor(now() / 1000)) };
    const sent = [...request.parameters.filter(({ name }) => name !== 'signing_secret'), timestamp];
    const text = sent
      .map(({ name, value }) => `${name}=${typeof value === 'string' ? value : value.reveal()}`)
      .sort()
      .join('&');
    const signature = createHmac('sha256', secret.reveal()).update(text).digest('hex');
    return { ...request, parameters: [...sent, { name: 'signature', value: signature }] };
  },
};
