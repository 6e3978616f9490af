import type { ServerParts } from '../parts.js';
import type { Route } from '../route.js';
import { sendSuccess } from './consent-success.js';
import { html } from './html.js';
import { sendPage } from './page.js';

/** The page of a consent on another device: the code, and then the outcome (RFC 8628 §3.3). */
export function deviceConsentPages({ runtime, origins }: ServerParts): Route[] {
  return [
    {
      verb: 'get',
      path: '/oauth/device/{id}',
      access: 'session',
      async handle(request, response, { session = '' }) {
        const state = await runtime.oauth.device.poll(String(request.params.id), session);
        if (state.status === 'authorized') {
          return await sendSuccess(response, runtime.store, { ...state, openerOrigin: origins.own });
        }
        const { resource, userCode, verificationUri, verificationUriComplete = verificationUri } = state;
        // Comes back by itself: a page that loads nothing has no other way to ask.
        response.setHeader('refresh', String(state.askAgainIn));
        sendPage(response, {
          title: 'Connect on another device',
          narrow: true,
          referrerPolicy: 'no-referrer',
          content: html`<div class="card">
<h1>Connect ${resource}</h1>
<p>Open <a href="${verificationUriComplete}" rel="noreferrer noopener" target="_blank">${verificationUri}</a>, here or on another device, and enter this code:</p>
<p><strong><code>${userCode}</code></strong></p>
<p class="muted" role="status">Waiting for you to allow access. This page notices by itself.</p>
</div>`,
        });
      },
    },
  ];
}
