import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { Html, html } from './html.js';
import { style } from './style.js';

export interface Page {
  /** Default 200. */
  readonly status?: number;
  readonly title: string;
  readonly content: Html;
  /** What stands at the top of the page, right of the name. */
  readonly header?: Html;
  /** One column, for a form or a message. */
  readonly narrow?: boolean;
  /** JavaScript of our own, without a value put into it: values travel in `data-` attributes. */
  readonly script?: string;
  /**
   * Default `same-origin`: with `no-referrer` a browser would send `Origin: null` with the page's forms. A page whose URL holds
   * a secret has `no-referrer`, and no form.
   */
  readonly referrerPolicy?: 'same-origin' | 'no-referrer';
}

/** Sends a page. It loads nothing, from here or elsewhere; only its own style and script run (Content Security Policy 3). */
export function sendPage(response: ServerResponse, page: Page): void {
  const nonce = randomBytes(16).toString('base64');
  const body = Buffer.from(render(page, nonce));
  response.statusCode = page.status ?? 200;
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.setHeader('content-length', body.length);
  response.setHeader('content-security-policy', policy(nonce));
  response.setHeader('referrer-policy', page.referrerPolicy ?? 'same-origin');
  response.setHeader('x-frame-options', 'DENY');
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

const policy = (nonce: string): string =>
  `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

function render({ title, content, header, narrow, script }: Page, nonce: string): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Smartwright</title>
<style nonce="${nonce}">${new Html(style)}</style>
</head>
<body>
<header><strong>Smartwright</strong>${header}</header>
<main${narrow === true && html` class="narrow"`}>
${content}
</main>
${script !== undefined && html`<script nonce="${nonce}">${new Html(script)}</script>`}
</body>
</html>
`.markup;
}
