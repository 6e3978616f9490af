import type { Consent, DeviceConsent } from '../oauth.js';
import { Redaction } from './redact.js';
import { openTrace, type Tracer } from './tracer.js';

const nothingMarked: ReadonlySet<string> = new Set();

/** A consent whose two steps leave a record: what the person is sent with, and what the callback received. */
export const tracedConsent = (consent: Consent, tracer: Tracer): Consent => ({
  begin: (request) => {
    const { resource, credential } = request;
    return tracer.trace({ flow: 'authorization', resource, credential }, async () => {
      const url = await consent.begin(request);
      openTrace()?.shows(new Redaction(nothingMarked).parameters(new URL(url).searchParams));
      return url;
    });
  },
  complete: (parameters, session) =>
    tracer.trace({ flow: 'callback' }, async () => {
      openTrace()?.shows(new Redaction(nothingMarked).callback(parameters));
      const result = await consent.complete(parameters, session);
      openTrace()?.concerns(result);
      return result;
    }),
});

/** The same for a consent on another device: its beginning, and each question for its outcome that reaches the provider. */
export const tracedDeviceConsent = (device: DeviceConsent, tracer: Tracer): DeviceConsent => ({
  begin: (request) => {
    const { resource, credential } = request;
    return tracer.trace({ flow: 'device', resource, credential }, () => device.begin(request));
  },
  poll: (id, session) =>
    tracer.trace({ flow: 'device' }, async () => {
      const state = await device.poll(id, session);
      openTrace()?.concerns(state);
      return state;
    }),
});
