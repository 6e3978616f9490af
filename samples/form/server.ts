import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express from 'express';

export interface FormServer {
  /** The page's origin. `localhost`, as the server's default public URL is: a session's cookie reaches both. */
  readonly origin: string;
  /** Serves the page from now on. */
  serve(content: FormContent): void;
  close(): Promise<void>;
}

export interface FormContent {
  /** Where Smartwright is, such as `http://localhost:8085`. */
  readonly smartwright: string;
  /** The folder of the generated modules, compiled to JavaScript. */
  readonly modules: string;
  /** The folder of `smartwright/client`, compiled to JavaScript. */
  readonly client: string;
}

const page = fileURLToPath(new URL('page', import.meta.url));

/**
 * A static web server for the form, on the loopback interface. It listens before it has anything to serve, because Smartwright
 * has to know the page's origin (`SMARTWRIGHT_ALLOWED_ORIGINS`) when it starts.
 */
export async function startFormServer(port = 0): Promise<FormServer> {
  const app = express().disable('x-powered-by');
  const server = createServer(app).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    serve({ smartwright, modules, client }) {
      app.use((_request, response, next) => {
        response.set({
          'content-security-policy': `default-src 'self'; script-src 'self' ${importMap()}; img-src data:; connect-src ${smartwright}; base-uri 'none'; frame-ancestors 'none'`,
          'referrer-policy': 'no-referrer',
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-store',
        });
        next();
      });
      app.get('/config.js', (_request, response) => {
        response.type('text/javascript').send(`export const smartwright = ${JSON.stringify(smartwright)};\n`);
      });
      app.use('/crm', express.static(modules));
      app.use('/client', express.static(client));
      app.use(express.static(page));
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The page's import map stands inline, as browsers want it; the policy allows it by its digest (CSP 3 §2.3.1). */
function importMap(): string {
  const html = readFileSync(join(page, 'index.html'), 'utf8');
  const text = /<script type="importmap">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** The client library of this checkout, as `npm run build` made it. */
export const builtClient = join(fileURLToPath(new URL('../..', import.meta.url)), 'dist', 'runtime', 'client');
