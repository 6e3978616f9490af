import { hasRole, type Principal } from '../../../config/model/principal.js';
import type { TokenHealth } from '../../../config/model/token-error.js';
import type { DescriptionSummary, SmartObjectSummary, Store, TokenSummary } from '../../../config/store/store.js';
import type { ServerParts } from '../parts.js';
import type { Route } from '../route.js';
import { type Html, html } from './html.js';
import { sendPage } from './page.js';

/** SmartObjects that the page shows; the API lists the rest. */
const SHOWN = 100;

/** The start page: who you are, what is connected, and which SmartObjects there are. */
export function statusRoutes({ runtime: { store } }: ServerParts): Route[] {
  return [
    {
      verb: 'get',
      path: '/',
      access: 'session',
      async handle(_request, response, { principal }) {
        sendPage(response, {
          title: 'Status',
          header: account(principal),
          content: html`<h1>Status</h1>
${connections(await resources(store, principal))}
${hasRole(principal, 'designer') && instances(await describedInstances(store))}
${smartObjects(await store.smartObjects.list({ limit: SHOWN }), hasRole(principal, 'designer'))}
<section><h2>For programs</h2>
<p>The API is described by <a href="/openapi.json">/openapi.json</a>. <a href="/healthz">/healthz</a>, <a href="/readyz">/readyz</a> and
<a href="/metrics">/metrics</a> are for whoever watches the server.</p></section>`,
        });
      },
    },
  ];
}

const account = ({
  name,
  roles,
}: Principal): Html => html`<span>${name} <span class="muted">(${roles.join(', ')})</span></span>
<a href="/password">Password</a>
<form class="inline" method="post" action="/sign-out"><button class="quiet">Sign out</button></form>`;

interface Connection {
  readonly name: string;
  readonly displayName: string;
  readonly token: TokenSummary | undefined;
}

/** The OAuth resources that people connect to, with the person's own token. */
async function resources(store: Store, { credential }: Principal): Promise<Connection[]> {
  const [all, types, tokens] = await Promise.all([
    store.resources.list(),
    store.resourceTypes.list(),
    store.tokens.list(),
  ]);
  const interactive = new Set(
    types.filter(({ document }) => document.grant !== 'client_credentials').map(({ document }) => document.name),
  );
  return all
    .filter(({ document }) => interactive.has(document.type))
    .map(({ document: { name, displayName = name } }) => ({
      name,
      displayName,
      token: tokens.find((token) => token.resource === name && token.credential === credential),
    }));
}

function connections(all: readonly Connection[]): Html | undefined {
  if (all.length === 0) return undefined;
  return html`<section><h2>Your connections</h2><table>
<thead><tr><th scope="col">Resource</th><th scope="col">State</th><th scope="col">Access token until</th><th scope="col"></th></tr></thead>
<tbody>${all.map(
    ({ name, displayName, token }) => html`<tr><td>${displayName}</td><td>${state(token)}</td><td>${until(token)}</td>
<td><a href="/oauth/authorize/${encodeURIComponent(name)}">${token === undefined ? 'Connect' : 'Connect again'}</a></td></tr>`,
  )}</tbody></table></section>`;
}

function state(token: TokenSummary | undefined): Html {
  if (token === undefined) return html`<span class="muted">not connected</span>`;
  const { label, className } = states[token.state];
  const why = token.message ?? token.lastError?.message;
  return html`<span class="${className}">${label}</span>${why !== undefined && html`<br><span class="muted">${why}</span>`}`;
}

const states: { readonly [State in TokenHealth]: { readonly label: string; readonly className: string } } = {
  valid: { label: 'connected', className: 'good' },
  refreshing: { label: 'connected', className: 'good' },
  expiring: { label: 'expiring', className: 'bad' },
  retrying: { label: 'retrying', className: 'bad' },
  'reconnect-required': { label: 'reconnect required', className: 'bad' },
  revoked: { label: 'disconnected', className: 'muted' },
};

function until(token: TokenSummary | undefined): Html | string {
  if (token === undefined) return '';
  if (token.expiresAt === undefined) return 'no end given';
  return html`<time datetime="${token.expiresAt}">${token.expiresAt.slice(0, 16).replace('T', ' ')} UTC</time>${token.refreshable && ', then refreshed'}`;
}

interface DescribedInstance {
  readonly name: string;
  readonly displayName: string;
  readonly type: string;
  readonly summary: DescriptionSummary | undefined;
}

async function describedInstances(store: Store): Promise<DescribedInstance[]> {
  const all = await store.instances.list();
  return Promise.all(
    all.map(async ({ document: { name, displayName = name, type } }) => ({
      name,
      displayName,
      type,
      summary: await store.descriptions.summary(name),
    })),
  );
}

function instances(all: readonly DescribedInstance[]): Html {
  if (all.length === 0) {
    return html`<section><h2>Service instances</h2><p>There are none yet. An admin saves one by <code>smartwright apply</code> or the API.</p></section>`;
  }
  return html`<section><h2>Service instances</h2><table>
<thead><tr><th scope="col">Instance</th><th scope="col">Type</th><th scope="col">Service objects</th><th scope="col">Methods</th><th scope="col">Skipped</th></tr></thead>
<tbody>${all.map(
    ({ name, displayName, type, summary }) => html`<tr><td>${displayName} <code>${name}</code></td><td>${type}</td>
<td>${summary?.serviceObjects ?? 'not described'}</td><td>${summary?.methods}</td>
<td><a href="/api/service-instances/${encodeURIComponent(name)}/diagnostics">${skipped(summary)}</a></td></tr>`,
  )}</tbody></table></section>`;
}

const skipped = (summary: DescriptionSummary | undefined): number =>
  summary?.diagnostics.filter(({ severity }) => severity === 'skipped').length ?? 0;

/** @param linked whether the names lead to the definitions, which the API shows to designers */
function smartObjects(
  { items, total }: { items: readonly SmartObjectSummary[]; total: number },
  linked: boolean,
): Html {
  if (total === 0) {
    return html`<section><h2>SmartObjects</h2><p>There are none yet. Saving a service instance generates them.</p></section>`;
  }
  return html`<section><h2>SmartObjects</h2><table>
<thead><tr><th scope="col">SmartObject</th><th scope="col">Category</th><th scope="col">Methods</th></tr></thead>
<tbody>${items.map(
    ({ name, displayName, category, methods }) => html`<tr>
<td>${linked ? html`<a href="/api/smartobjects/${encodeURIComponent(name)}">${displayName}</a>` : displayName}<br><code>${name}</code></td>
<td>${category}</td><td>${methods.map((method) => method.displayName).join(', ')}</td></tr>`,
  )}</tbody></table>
${total > items.length && html`<p class="muted">${items.length} of ${total}${linked && html`; <a href="/api/smartobjects?offset=${items.length}">the API lists the rest</a>`}.</p>`}</section>`;
}
