import { createServer as createHttpServer, type Server } from 'node:http';
import { isIPv6 } from 'node:net';
import { createUpstream } from '../../brokers/http/index.js';
import { ConfigurationError } from '../../config/model/errors.js';
import { sessionCookie } from '../identity/cookie.js';
import { Authenticator, TokenIssuers } from '../identity/index.js';
import type { Runtime } from '../runtime.js';
import { Admission } from './admission.js';
import { createApplication } from './application.js';
import { answerClientError } from './client-error.js';
import { createFront } from './front.js';
import { InFlight } from './in-flight.js';
import { Metrics } from './metrics.js';
import { Origins } from './origins.js';
import { createRoutes } from './routes/index.js';

export interface SmartwrightServer {
  /**
   * Starts to listen where the settings say.
   *
   * @returns the URL under which people reach the server, and the port that was taken
   * @throws ConfigurationError CONFLICT when the port is in use; DOCUMENT_INVALID when the host or port cannot be had
   */
  listen(): Promise<{ url: string; port: number }>;
  /**
   * Stops to accept, waits for what is under way up to `limits.shutdownTimeout`, aborts what still is, and ends. The runtime
   * stays open: it is the caller's.
   */
  close(): Promise<void>;
}

/** Milliseconds for a request's head, and for all of a request, to arrive. A slow sender holds a connection no longer. */
const HEADERS_TIMEOUT = 15_000;
const REQUEST_TIMEOUT = 120_000;
/** Milliseconds that an idle connection is kept; longer than what usual load balancers keep theirs. */
const KEEP_ALIVE_TIMEOUT = 75_000;
/** Bytes of request line and headers together. */
const MAX_HEADER_SIZE = 32 * 1024;
/** Milliseconds between two clean-ups of expired sessions. */
const CLEAN_UP_INTERVAL = 60 * 60 * 1000;

/** The HTTP face of a runtime. */
export function createServer(runtime: Runtime): SmartwrightServer {
  const { settings, store, log } = runtime;
  const publicUrl = () => runtime.publicUrl();
  // Whether the cookie is secure is settled before listening: the default URL is plain http.
  const cookie = sessionCookie(settings.publicUrl ?? 'http:');
  const issuers = new TokenIssuers({
    store,
    log,
    http: ({ allowedHosts = [] }) => createUpstream({ allowedHosts: [...settings.allowedHosts, ...allowedHosts], log }),
  });
  const authenticator = new Authenticator(store, cookie.name, Date.now, issuers);
  const origins = new Origins(publicUrl, settings.allowedOrigins);
  const admission = new Admission(authenticator, origins);
  const inFlight = new InFlight();
  const metrics = new Metrics(() => inFlight.calls, runtime.answers, runtime.tokenEvents);
  const routes = createRoutes({ runtime, authenticator, admission, origins, inFlight, metrics, cookie });
  const application = createApplication({ routes, admission, log, publicUrl });
  const front = createFront({
    runtime,
    admission,
    inFlight,
    metrics,
    origins,
    log,
    application,
    secure: () => cookie.secure,
  });
  const server = createHttpServer(
    { maxHeaderSize: MAX_HEADER_SIZE, keepAliveTimeout: KEEP_ALIVE_TIMEOUT, noDelay: true },
    front,
  );
  server.headersTimeout = HEADERS_TIMEOUT;
  server.requestTimeout = REQUEST_TIMEOUT;
  server.on('clientError', answerClientError);
  let stopWatching: (() => void) | undefined;
  let cleanUp: NodeJS.Timeout | undefined;
  let closing: Promise<void> | undefined;

  return {
    async listen() {
      const port = await listen(server, settings.host, settings.port);
      runtime.listening(`http://${isAny(settings.host) ? 'localhost' : hostOf(settings.host)}:${port}`);
      stopWatching = runtime.onChange(() => authenticator.forget());
      cleanUp = setInterval(() => {
        store.sessions.deleteExpired(new Date()).catch((error) => log.warn({ error }, 'Expired sessions stay for now'));
      }, CLEAN_UP_INTERVAL).unref();
      return { url: publicUrl(), port };
    },
    async close() {
      stopWatching?.();
      clearInterval(cleanUp);
      closing ??= server.listening ? stop(server, inFlight, settings.limits.shutdownTimeout) : undefined;
      await closing;
    },
  };
}

async function stop(server: Server, inFlight: InFlight, timeout: number): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  await inFlight.drain(timeout);
  server.closeAllConnections();
  await closed;
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, host, port)));
    server.listen({ host, port }, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): ConfigurationError {
  const options = { cause: error };
  switch (error.code) {
    case 'EADDRINUSE':
      return new ConfigurationError(
        'CONFLICT',
        `Port ${port} on ${host} is in use by another program. End that, or choose another port: SMARTWRIGHT_PORT or --port; 0 takes a free one.`,
        options,
      );
    case 'EACCES':
      return new ConfigurationError(
        'CONFLICT',
        `Port ${port} may not be opened by this user. Choose one above 1023: SMARTWRIGHT_PORT or --port.`,
        options,
      );
    default:
      return new ConfigurationError(
        'DOCUMENT_INVALID',
        `Cannot listen on ${host}:${port} (${error.code ?? error.message}). Name an address of this machine: SMARTWRIGHT_HOST or --host.`,
        options,
      );
  }
}

const isAny = (host: string): boolean => host === '0.0.0.0' || host === '::' || host === '127.0.0.1';
const hostOf = (host: string): string => (isIPv6(host) ? `[${host}]` : host);
