import type { SmartwrightError } from '../../../config/model/errors.js';
import type { Exchange } from '../exchange.js';
import { html } from './html.js';
import { sendPage } from './page.js';

/** What a person can do about an error, where there is something. */
const remedies: Readonly<Record<string, string>> = {
  AUTHORIZATION_REFUSED: 'Close this window and connect again from where you came.',
  AUTHENTICATION_REQUIRED: 'Sign in and try again.',
  TOKEN_REFUSED:
    'Try again. If it fails again, an admin should look at the OAuth resource: its client id, secret and endpoints.',
  TOKEN_UNAVAILABLE: 'The provider does not answer at the moment. Try again in a few minutes.',
  DOCUMENT_INVALID: 'An admin has to correct the configuration.',
  STORE_UNAVAILABLE: 'Try again in a moment.',
};

/** Tells a person what went wrong, and what to do. The message may hold a provider's words: it is escaped like all text. */
export function sendErrorPage(exchange: Exchange, error: SmartwrightError): void {
  const { response, id } = exchange;
  exchange.problem = error.code;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (typeof error.extensions.retryAfter === 'number') {
    response.setHeader('retry-after', String(error.extensions.retryAfter));
  }
  const remedy = remedies[error.code];
  sendPage(response, {
    status: error.status,
    title: 'That did not work',
    narrow: true,
    referrerPolicy: 'no-referrer',
    content: html`<div class="card">
<h1>That did not work</h1>
<p role="alert">${error.message}</p>
${remedy !== undefined && html`<p>${remedy}</p>`}
<p class="muted">Code <code>${error.code}</code>, request <code>${id}</code></p>
<p><a href="/">Back to Smartwright</a></p>
</div>`,
  });
}
