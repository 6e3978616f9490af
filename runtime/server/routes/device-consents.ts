import { CallerError } from '../../../config/model/errors.js';
import type { Principal } from '../../../config/model/principal.js';
import { readJson } from '../body.js';
import { schemaReference } from '../openapi/operation.js';
import { credentialOf } from '../pages/consent.js';
import type { ServerParts } from '../parts.js';
import type { Route } from '../route.js';
import { sendJson } from '../send.js';

const tag = 'Device consent';

/** Consent on another device, for programs without a browser (RFC 8628). */
export function deviceConsentRoutes({ runtime: { oauth, settings } }: ServerParts): Route[] {
  return [
    {
      verb: 'post',
      path: '/api/oauth/device-consents',
      access: 'user',
      operation: {
        id: 'beginDeviceConsent',
        tag,
        summary: 'Begin a consent on another device',
        description:
          'Show the person `userCode` and `verificationUri`, then ask for the outcome every `askAgainIn` seconds.',
        body: { schema: schemaReference('DeviceConsentRequest') },
        answers: { 200: { description: 'What the person needs.', schema: schemaReference('DeviceConsent') } },
      },
      async handle(request, response, { principal }) {
        const { resource, credential } = wanted(await readJson(request, settings.limits.requestBytes));
        const begun = { resource, credential: credentialOf(credential, principal), session: beginner(principal) };
        sendJson(response, await oauth.device.begin(begun));
      },
    },
    {
      verb: 'post',
      path: '/api/oauth/device-consents/{id}',
      access: 'user',
      operation: {
        id: 'pollDeviceConsent',
        tag,
        summary: 'Ask for the outcome of a consent on another device',
        path: { id: 'The `id` that the beginning has answered.' },
        answers: { 200: { description: 'Pending or authorized.', schema: schemaReference('DeviceConsent') } },
      },
      async handle(request, response, { principal }) {
        sendJson(response, await oauth.device.poll(String(request.params.id), beginner(principal)));
      },
    },
  ];
}

/** Who began it, and alone may ask for the outcome. */
const beginner = ({ name, credential }: Principal): string => `${credential} ${name}`;

function wanted(body: unknown): { resource: string; credential: string | undefined } {
  const { resource, credential } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  if (typeof resource === 'string' && (credential === undefined || typeof credential === 'string')) {
    return { resource, credential };
  }
  throw new CallerError(
    'REQUEST_INVALID',
    'The body must be { "resource": the name of an OAuth resource, "credential"?: "service:NAME" }.',
  );
}
