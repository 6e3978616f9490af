import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from '../../config/model/logger.js';
import type { Role } from '../../config/model/principal.js';
import type { Settings } from '../../config/model/settings.js';
import { createRuntime, localPrincipal, type Runtime } from '../../runtime/index.js';
import { createServer, type SmartwrightServer } from '../../runtime/server/index.js';

/** A running server over a real runtime and a real service, and ways to ask it. */
export interface Fixture {
  readonly runtime: Runtime;
  readonly server: SmartwrightServer;
  readonly service: ProbeService;
  readonly url: string;
  /** Every log line, as one text. */
  logged(): string;
  lines(): readonly Record<string, unknown>[];
  /** A request; with `as`, by the API key of that role. Redirects are not followed. */
  ask(path: string, options?: Ask): Promise<Answer>;
  close(): Promise<void>;
}

export interface Ask {
  readonly method?: string;
  readonly as?: Role;
  readonly cookie?: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly form?: Record<string, string>;
  readonly signal?: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: ReturnType<typeof JSON.parse>;
}

export const keyOf = (role: Role): string => `swk_test-key-of-the-role-${role}-0123456789abcdef`;
export const PASSWORD = 'a good long phrase';

/** The service behind the SmartObjects: counts what it is asked, and can be slow. */
export class ProbeService {
  readonly asked: string[] = [];
  /** Requests of `/slow` that are being held. */
  readonly held: ServerResponse[] = [];
  aborted = 0;
  readonly #server = createHttpServer((request, response) => void this.#serve(request, response));

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this.url;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const url = request.url ?? '';
    this.asked.push(url);
    const [path] = url.split('?');
    const answer = (value: unknown, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    if (path === '/slow') {
      this.held.push(response);
      response.on('close', () => {
        if (!response.writableFinished) this.aborted++;
      });
      return;
    }
    if (path === '/refuse') return answer({ reason: 'canary-upstream' }, 409);
    if (path === '/delete') return void response.writeHead(204).end();
    const input = JSON.parse(Buffer.concat(chunks).toString() || '{}');
    if (path === '/list')
      return answer({ items: [{ id: 1 }, { id: 2 }], ...(input.$next === undefined && { next: 'p2' }) });
    answer({ id: input.id, name: 'Ada' });
  }
}

/** Waits until `condition` holds; the test's own time-out ends it. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

export async function startFixture(settings: Partial<Settings> = {}): Promise<Fixture> {
  const data = await mkdtemp(join(tmpdir(), 'smartwright-server-'));
  const lines: Record<string, unknown>[] = [];
  const note = (level: string) => (details: object, message: string) => {
    const { error, ...rest } = details as { error?: unknown };
    lines.push({ level, message, ...rest, ...(error !== undefined && { error: String(error) }) });
  };
  const log: Logger = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') };
  const broker = fileURLToPath(new URL('./probe-broker.ts', import.meta.url));
  const runtime = await createRuntime({ data, host: '127.0.0.1', port: 0, brokers: [broker], log, ...settings });
  const service = new ProbeService();
  const server = createServer(runtime);
  const { url } = await server.listen();
  for (const role of ['admin', 'designer', 'user'] as const) {
    const key = {
      kind: 'ApiKey',
      name: `key_${role}`,
      actsAs: { serviceAccount: role },
      roles: [role],
      key: keyOf(role),
    };
    await runtime.admin.save(key, localPrincipal);
  }
  await runtime.admin.save(
    {
      kind: 'ServiceInstance',
      name: 'Probe',
      type: 'probe',
      authentication: { mode: 'none' },
      keys: { serviceUrl: await service.listen() },
      allowedHosts: ['127.0.0.1'],
    },
    localPrincipal,
  );

  return {
    runtime,
    server,
    service,
    url,
    logged: () => JSON.stringify(lines),
    lines: () => lines,
    async ask(path, { method, as, cookie, headers = {}, body, form, signal } = {}) {
      const content =
        form !== undefined ? new URLSearchParams(form) : typeof body === 'string' ? body : JSON.stringify(body);
      const response = await fetch(url + path, {
        method: method ?? (content === undefined ? 'GET' : 'POST'),
        redirect: 'manual',
        headers: {
          ...(as !== undefined && { authorization: `Bearer ${keyOf(as)}` }),
          ...(cookie !== undefined && { cookie, origin: url }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(content !== undefined && { body: content }),
        ...(signal !== undefined && { signal }),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json') === true;
      return {
        status: response.status,
        headers: response.headers,
        text,
        json: isJson && text !== '' ? JSON.parse(text) : undefined,
      };
    },
    async close() {
      await server.close();
      await service.close();
      await runtime.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** Makes a user with a password and signs in; returns the cookie. */
export async function signIn({ runtime, ask }: Fixture, name: string, roles: readonly Role[]): Promise<string> {
  await runtime.admin.save({ kind: 'User', name, roles, password: PASSWORD }, localPrincipal);
  const { headers } = await ask('/sign-in', { form: { user: name, password: PASSWORD } });
  return headers.get('set-cookie')?.split(';')[0] ?? '';
}
