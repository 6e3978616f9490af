import { once } from 'node:events';
import { type Access, anyBearer, type OnPremises } from './access.js';
import { Digests } from './digests.js';
import { seedSite } from './seed-site.js';
import { listen, type Serving } from './server.js';
import { Site } from './site.js';
import { SiteBuilder } from './site-builder.js';
import { Contents } from './store/contents.js';
import { openDatabase } from './store/database.js';
import { Throttle, type ThrottleOrder } from './throttle.js';

export interface SharePointOptions {
  /** Who may come in. Default: everyone with a bearer token. */
  readonly access?: Access;
  /** Default: a free one. */
  readonly port?: number;
  /** Server-relative; empty for a root site. Default: `/sites/sales`. */
  readonly path?: string;
  readonly title?: string;
  /** A SQLite file. Default: in memory. */
  readonly database?: string;
  /** Behaves as a server on premises: its own challenge, and form digests for every write. */
  readonly onPremises?: OnPremises;
  /** Seconds that a form digest is taken. Default: 1,800. */
  readonly digestLifetime?: number;
  /** Items that one query may touch. Default: 5,000. */
  readonly listViewThreshold?: number;
  /** Bytes that all files may have together. Default: 25 GB. */
  readonly quota?: number;
  readonly now?: () => Date;
  /** What the site has at first. Default: the sample with *Orders* and *Contracts*. */
  readonly fill?: (build: SiteBuilder) => void | Promise<void>;
}

export interface SharePointSite {
  /** Without a trailing slash. */
  readonly siteUrl: string;
  /** To add lists and items while it runs. */
  readonly build: SiteBuilder;
  /** Refuses the next requests with 429 or 503. */
  throttle(order?: ThrottleOrder): void;
  /** The requests over the network so far, as `GET /sites/sales/_api/web`. */
  requests(): readonly string[];
  close(): Promise<void>;
}

const GIGABYTE = 1024 ** 3;

/** Starts a SharePoint site on the loopback interface. */
export async function startSharePointSite(options: SharePointOptions = {}): Promise<SharePointSite> {
  const now = options.now ?? (() => new Date());
  const database = openDatabase(options.database ?? ':memory:');
  const contents = await Contents.open(options.quota ?? 25 * GIGABYTE);
  const throttle = new Throttle();
  const requests: string[] = [];
  let serving: Serving | undefined;
  const { server, port } = await listen(options.port ?? 0, () => serving as Serving);
  const siteUrl = `http://127.0.0.1:${port}${options.path ?? '/sites/sales'}`;
  const site = new Site(
    { url: siteUrl, title: options.title ?? 'Sales', listViewThreshold: options.listViewThreshold ?? 5_000, now },
    database,
    contents,
  );
  const build = new SiteBuilder(site);
  await build.begin(options.fill ?? seedSite);
  serving = {
    site,
    access: options.access ?? anyBearer,
    throttle,
    digests: new Digests(options.digestLifetime ?? 1_800, now),
    onPremises: options.onPremises,
    onRequest: (method, address) => void requests.push(`${method} ${address}`),
  };
  return {
    siteUrl,
    build,
    throttle: (order = {}) => throttle.order(order),
    requests: () => [...requests],
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      database.close();
      await contents.close();
    },
  };
}
