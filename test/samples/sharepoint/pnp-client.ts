import { BrowserFetch, DefaultParse, type Queryable, RejectOnError, ResolveOnData } from '@pnp/queryable';
import { DefaultHeaders, DefaultInit, RequestDigest, type SPFI, spfi } from '@pnp/sp';
import '@pnp/sp/presets/all.js';
import './pnp-modules.js';

/** PnPjs as its users set it up: the site's address, a bearer token, or a cookie with form digests, and plain fetch. */
export function pnp(
  siteUrl: string,
  { token = 'ada', digest = false }: { token?: string; digest?: boolean } = {},
): SPFI {
  const behaviour = (instance: Queryable): Queryable => {
    instance.using(DefaultHeaders(), DefaultInit(), BrowserFetch(), DefaultParse(), ResolveOnData(), RejectOnError());
    instance.on.pre.prepend(async (url, init, result) => [
      /^https?:/.test(url) ? url : `${siteUrl}/${url}`,
      {
        ...init,
        headers: {
          ...init.headers,
          ...(digest ? { Cookie: `FedAuth=${token}` } : { Authorization: `Bearer ${token}` }),
        },
      },
      result,
    ]);
    return instance;
  };
  return digest ? spfi(siteUrl).using(behaviour, RequestDigest()) : spfi(siteUrl).using(behaviour);
}
