import type { Broker, BrokerContext, ServiceKeys } from '../../../brokers/broker.js';
import { createUpstream } from '../../../brokers/http/index.js';
import { tlsIdentityOf } from '../../../brokers/tls-keys.js';
import type { Logger } from '../../../config/model/logger.js';
import type { Description } from '../../../config/model/service-object.js';
import { validateAgainst } from '../../../config/schema/index.js';
import { readSettings } from '../../../config/settings.js';
import type { OverlayFile } from '../documents/overlay-file.js';
import type { ServiceOptions } from '../options.js';
import type { Session } from '../run.js';
import { UsageError } from '../usage-error.js';
import { findBroker } from './find-broker.js';
import { parseHeaders } from './headers.js';
import { parseKeys, typedHosts } from './keys.js';

/** A service, used on its keys alone: no server, no store, no OAuth resource. */
export interface DirectService {
  readonly broker: Broker;
  /** Valid, defaults filled in. */
  readonly keys: ServiceKeys;
  /** As they were typed, without defaults. */
  readonly typed: ServiceKeys;
  /** From `--header`, by name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** @param objects the only service objects that are wanted; default all */
  describe(objects?: readonly string[]): Promise<Description>;
  /** What a call to the described service needs: authorised by the headers for its hosts and no other. */
  context(description: Description): BrokerContext;
}

/**
 * Opens the service that `--type`, `--key` and `--header` name.
 *
 * The headers are sent while describing to the hosts typed in the keys, while calling to the hosts of the description. Private
 * hosts are reached when they were typed in a key or by `--allow-host`.
 *
 * @throws UsageError; ConfigurationError KEYS_INVALID, DOCUMENT_INVALID for `--overlay`
 */
export async function openService(options: ServiceOptions, { terminal, output }: Session): Promise<DirectService> {
  if (options.type === undefined) throw new UsageError('--key and --header need --type, such as --type rest.');
  const settings = readSettings();
  const broker = await findBroker(options.type, settings);
  const typed = parseKeys(options.key, broker.keys);
  const keys = validateAgainst(broker.keys, typed, `Service type "${broker.type}"`);
  const headers = parseHeaders(options.header);
  const overlay = options.overlay === undefined ? undefined : await overlayIn(options.overlay);
  const hosts = typedHosts(typed);
  const { signal } = terminal;
  const { answerBytes, descriptorBytes, upstreamTimeout } = settings.limits;
  const log = spoken(output.note, output.options.verbose);
  const shared = {
    allowedHosts: [...settings.allowedHosts, ...hosts, ...options.allowHost],
    timeout: upstreamTimeout,
    credentials: sending(headers),
    identity: tlsIdentityOf(keys),
    signal,
    log,
  };
  return {
    broker,
    keys,
    typed,
    headers,
    async describe(objects) {
      const description = await broker.describe(keys, {
        http: createUpstream({ ...shared, hosts, maxBytes: descriptorBytes }),
        signal,
        log,
        descriptorBytes,
        // An overlay can give any object the name that is wanted.
        ...(objects === undefined || overlay !== undefined ? {} : { objects }),
      });
      return overlay === undefined ? description : overlay.apply(description, broker);
    },
    context: (description) => ({
      http: createUpstream({ ...shared, hosts: description.hosts, maxBytes: answerBytes }),
      signal,
      log,
    }),
  };
}

const overlayIn = async (file: string): Promise<OverlayFile> =>
  (await import('../documents/overlay-file.js')).readOverlay(file);

const sending = (headers: Readonly<Record<string, string>>) => ({
  apply(request: { readonly headers: Record<string, string | readonly string[]> }): void {
    Object.assign(request.headers, headers);
  },
});

/** A log for a person: errors always, warnings and what else happens with `--verbose`. */
function spoken(note: (line: string) => void, verbose: boolean): Logger {
  const say = (details: object, message: string): void => note(`${message} ${JSON.stringify(details)}`);
  const silent = (): void => undefined;
  return { debug: silent, info: verbose ? say : silent, warn: verbose ? say : silent, error: say };
}
