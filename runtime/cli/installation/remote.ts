import type { AdminDocument, DocumentKind } from '../../../config/model/admin-document.js';
import { documentKinds } from '../../../config/model/admin-document.js';
import { CallerError } from '../../../config/model/errors.js';
import type { TypeMap } from '../../../config/model/json-schema.js';
import type { SmartObject } from '../../../config/model/smart-object.js';
import type { TokenTrace } from '../../../config/model/token-trace.js';
import type { Rotated } from '../../../config/store/rotate.js';
import type {
  DescriptionSummary,
  DescriptionVersion,
  SmartObjectSummary,
  TokenSummary,
} from '../../../config/store/store.js';
import type { Refreshed, RefreshOptions, Saved } from '../../admin/admin.js';
import type { Review } from '../../admin/review.js';
import { ACT_AS } from '../../identity/acting-as.js';
import type { DeviceConsentBegun, DeviceConsentDone, DeviceConsentPending } from '../../oauth/oauth.js';
import type { Discovery, Installation, VersionChanges } from './installation.js';
import { type Ask, connectServer } from './server-api.js';

/** Where the documents of a kind are kept. */
const collections: Readonly<Record<DocumentKind, string>> = {
  OAuthResourceType: '/api/oauth/resource-types',
  OAuthResource: '/api/oauth/resources',
  ServiceInstance: '/api/service-instances',
  User: '/api/users',
  ApiKey: '/api/keys',
  TrustedIssuer: '/api/trusted-issuers',
  SignInProvider: '/api/sign-in-providers',
};

/** SmartObjects asked for at the same time. */
const parallel = 8;

/** The installation behind a server. `apiKey` says who asks; its roles decide what may be done. @throws UsageError */
export function openRemote(server: string, apiKey: string | undefined): Installation {
  const { url, ask } = connectServer(server, apiKey);
  const at = (kind: DocumentKind, name: string): string => `${collections[kind]}/${encodeURIComponent(name)}`;

  async function document(kind: DocumentKind, name: string): Promise<AdminDocument | undefined> {
    return absent(async () => ((await ask('GET', at(kind, name))) as Stored).document);
  }

  async function documentsOf<K extends DocumentKind>(kind: K) {
    const stored = await items<Stored>(ask, collections[kind]);
    return stored.map(({ document: found }) => found as Extract<AdminDocument, { readonly kind: K }>);
  }

  return {
    place: url,
    document,
    documentsOf,
    async documents() {
      return (await Promise.all(documentKinds.map(documentsOf))).flat();
    },
    async documentsWithSecrets() {
      const message = 'Secrets are exported where the data folder is: a server never gives one out.';
      throw new CallerError('REQUEST_INVALID', message);
    },
    async save(input, options) {
      const { kind, name } = input as AdminDocument;
      return (await accepting(ask, 'PUT', at(kind, name), options, input)) as Saved;
    },
    async delete(kind, name) {
      await ask('DELETE', at(kind, name));
    },
    async discover(instance, options) {
      const stored = await document('ServiceInstance', instance);
      if (stored === undefined)
        throw new CallerError(
          'NOT_FOUND',
          `There is no service instance "${instance}". The command instance list shows what there is.`,
        );
      const path = `${collections.ServiceInstance}/describe`;
      return (await ask('POST', path, { body: stored, signal: options?.signal })) as Discovery;
    },
    async refresh(instance, options) {
      return (await accepting(ask, 'POST', `${at('ServiceInstance', instance)}/refresh`, options)) as Refreshed;
    },
    async review(instance, options) {
      const path = `${at('ServiceInstance', instance)}/review`;
      return (await ask('POST', path, { signal: options?.signal })) as Review;
    },
    versions: (instance) => items<DescriptionVersion>(ask, `${at('ServiceInstance', instance)}/versions`),
    async version(instance, version) {
      return (await ask('GET', `${at('ServiceInstance', instance)}/versions/${version}`)) as VersionChanges;
    },
    async restore(instance, version) {
      return (await ask('POST', `${at('ServiceInstance', instance)}/versions/${version}/restore`)) as Refreshed;
    },
    async summary(instance) {
      return absent(
        async () => (await ask('GET', `${at('ServiceInstance', instance)}/diagnostics`)) as DescriptionSummary,
      );
    },
    listObjects: (instance) =>
      pages<SmartObjectSummary>(ask, '/api/smartobjects', instance === undefined ? {} : { instance }),
    async objects(instance) {
      const summaries = await pages<SmartObjectSummary>(ask, '/api/smartobjects', { instance });
      const types: TypeMap = {};
      const objects: SmartObject[] = [];
      for (let start = 0; start < summaries.length; start += parallel) {
        const group = summaries.slice(start, start + parallel);
        const whole = await Promise.all(
          group.map(
            async ({ name }) => (await ask('GET', `/api/smartobjects/${encodeURIComponent(name)}`)) as WholeObject,
          ),
        );
        for (const { types: own, ...object } of whole) {
          objects.push(object);
          Object.assign(types, own);
        }
      }
      return { objects, types };
    },
    async call({ object, method, input, shape }, signal, as) {
      const query = shape === undefined ? '' : `?shape=${shape}`;
      const path = `/api/smartobjects/${encodeURIComponent(object)}/${encodeURIComponent(method)}${query}`;
      const headers = as === undefined ? {} : { [ACT_AS]: as };
      const answer = await ask('POST', path, { body: input, signal, headers });
      return isList(answer) ? answer : { value: answer };
    },
    tokens: async () => [...(await items<TokenSummary>(ask, '/api/oauth/tokens'))],
    async deleteToken(resource, credential) {
      const token = encodeURIComponent(resource);
      const path =
        credential === undefined
          ? `/api/me/tokens/${token}`
          : `/api/oauth/tokens/${token}/${encodeURIComponent(credential)}`;
      return (await absent(async () => (await ask('DELETE', path)) ?? true)) !== undefined;
    },
    rotateMasterKey: async () => (await ask('POST', '/api/master-keys/rotate')) as Rotated,
    async traces({ limit, ...whose }) {
      const query = new URLSearchParams({ ...whose, limit: String(limit) });
      return [...(await items<TokenTrace>(ask, `/api/oauth/traces?${query}`))];
    },
    async refreshToken(resource, credential) {
      const whose = credential ?? ((await ask('GET', '/api/me')) as { readonly credential: string }).credential;
      await ask('POST', `/api/oauth/tokens/${encodeURIComponent(resource)}/${encodeURIComponent(whose)}/refresh`);
    },
    async beginDeviceConsent(resource, credential) {
      return (await ask('POST', '/api/oauth/device-consents', {
        body: { resource, credential },
      })) as DeviceConsentBegun;
    },
    async pollDeviceConsent(id) {
      const answer = await ask('POST', `/api/oauth/device-consents/${encodeURIComponent(id)}`);
      return answer as DeviceConsentPending | DeviceConsentDone;
    },
    async authorizationUrl(resource, credential) {
      const query = credential === undefined ? '' : `?credential=${encodeURIComponent(credential)}`;
      return `${url}/oauth/authorize/${encodeURIComponent(resource)}${query}`;
    },
    close: async () => undefined,
  };
}

/** Asks for a change that may have to be accepted: by the id that the caller has seen, or whatever the server names. */
async function accepting(
  ask: Ask,
  verb: 'POST' | 'PUT',
  path: string,
  { accept, signal }: RefreshOptions = {},
  body?: unknown,
): Promise<unknown> {
  const asking = (id?: string) =>
    ask(verb, id === undefined ? path : `${path}?accept=${encodeURIComponent(id)}`, { body, signal });
  if (typeof accept === 'string') return asking(accept);
  try {
    return await asking();
  } catch (error) {
    const refused = error instanceof CallerError && error.code === 'CHANGES_BREAKING' ? error : undefined;
    const review = refused?.extensions.review as Review | undefined;
    if (accept !== true || review === undefined) throw error;
    return asking(review.id);
  }
}

/** What `work` gives; undefined when the server has no such thing. */
async function absent<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CallerError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

type WholeObject = SmartObject & { readonly types?: TypeMap };

/** A document as the server tells it. */
interface Stored {
  readonly document: AdminDocument;
}

/** All items of a collection that comes whole. */
async function items<T>(ask: Ask, path: string): Promise<readonly T[]> {
  return ((await ask('GET', path)) as { readonly items: readonly T[] }).items;
}

/** All items of a collection, page by page. */
async function pages<T>(ask: Ask, path: string, query: Readonly<Record<string, string>> = {}): Promise<T[]> {
  const all: T[] = [];
  for (;;) {
    const page = new URLSearchParams({ ...query, limit: '1000', offset: String(all.length) });
    const answer = (await ask('GET', `${path}?${page}`)) as { readonly items: readonly T[]; readonly total?: number };
    all.push(...answer.items);
    if (answer.items.length === 0 || all.length >= (answer.total ?? 0)) return all;
  }
}

function isList(answer: unknown): answer is { readonly items: readonly unknown[]; readonly next?: string } {
  return typeof answer === 'object' && answer !== null && 'items' in answer && Array.isArray(answer.items);
}
