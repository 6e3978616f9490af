/** The runtime in process: `createRuntime` gives the engine, the administration and the token flow, without a server. */
import { createUpstream } from '../brokers/http/index.js';
import { completeSettings, type SettingsOverrides } from '../config/settings.js';
import { openStore } from '../config/store/index.js';
import { createAdmin } from './admin/create-admin.js';
import { loadBrokers, secretKeysOf } from './brokers.js';
import { ChangeWatch } from './change-watch.js';
import { AnswerChecks } from './engine/answers/answer-checks.js';
import { CallAudit } from './engine/call-audit.js';
import { CallLog } from './engine/call-log.js';
import { createConnections } from './engine/connection.js';
import { createEngine } from './engine/execute.js';
import { loadExtensions } from './extensions.js';
import { createLogger } from './log.js';
import { createOAuth } from './oauth/index.js';
import type { Runtime } from './runtime.js';
import { TokenEvents } from './token-events.js';
import { Notifier } from './webhooks/notifier.js';

export * from '../config/model/index.js';
export type { Admin, DescribeOptions, Saved, SaveOptions } from './admin/admin.js';
export type { CallResult, Engine, SmartCall } from './engine/engine.js';
export { localPrincipal } from './local-principal.js';
export type { OAuth } from './oauth/oauth.js';
export type { Runtime } from './runtime.js';

/**
 * Opens the store, makes it when it is not there, and puts the runtime together. Call `close` at the end.
 *
 * @param settings what differs from the defaults; see `Settings`
 * @throws ConfigurationError when a setting, the key file or a broker module cannot be used
 * @throws RuntimeError STORE_UNAVAILABLE
 */
export async function createRuntime(settings: SettingsOverrides = {}): Promise<Runtime> {
  const complete = completeSettings(settings);
  const log = complete.log ?? createLogger(complete.logLevel);
  const brokers = await loadBrokers(complete.brokers);
  const extensions = await loadExtensions(complete.extensions);
  const store = await openStore(complete, log, { secretKeys: (type) => secretKeysOf(brokers.get(type)) });
  const watch = new ChangeWatch(store, log);
  await watch.look();

  let url = complete.publicUrl ?? `http://localhost:${complete.port}`;
  const publicUrl = () => url;
  const tokenEvents = new TokenEvents(store.audit, log);
  const oauth = createOAuth({
    store,
    onEvent: (event) => tokenEvents.note(event),
    publicUrl,
    log,
    extensions,
    http: ({ allowedHosts = [] }) => createUpstream({ allowedHosts: [...complete.allowedHosts, ...allowedHosts], log }),
  });
  const connections = createConnections({ settings: complete, store, brokers, tokens: oauth, log });
  const audit = new CallAudit(store.audit, log);
  const { recentCalls: kept, recentCallDays: days } = complete.limits;
  const calls = new CallLog({ calls: store.calls, log, kept, days });
  const checks = new AnswerChecks(log);
  const engine = createEngine({ store, connections, audit, calls, checks, log });
  const admin = createAdmin({
    ...{ store, brokers, extensions, connections },
    changed: () => watch.changed(),
    tokensEnded: () => oauth.revokeSoon(),
  });
  watch.onChange(() => {
    engine.forget();
    connections.forget();
    oauth.forget();
  });
  const notifier = new Notifier({
    store,
    webhook: complete.webhook,
    http: createUpstream({ allowedHosts: complete.allowedHosts, log }),
    log,
    authorizationUrl: (resource, credential) => oauth.authorizationUrl(resource, credential),
  });
  watch.onTokenChange(({ resource, credential }) => {
    oauth.forget(resource, credential);
    void notifier.look();
  });

  return {
    settings: complete,
    log,
    store,
    brokers,
    oauth,
    engine,
    answers: checks.counts,
    tokenEvents: tokenEvents.counts,
    admin,
    publicUrl,
    listening(listeningUrl) {
      url = complete.publicUrl ?? listeningUrl;
    },
    onChange: (listener) => watch.onChange(listener),
    async close() {
      await watch.stop();
      await oauth.close();
      await notifier.stop();
      await audit.close();
      await calls.close();
      await tokenEvents.close();
      await store.close();
    },
  };
}
