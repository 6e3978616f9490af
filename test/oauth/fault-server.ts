import { type AddressInfo, createServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

/** What a faulty token endpoint does with one request. */
export type Fault = (socket: Socket, body: string) => void;

export interface FaultServer {
  readonly url: string;
  /** The bodies of the requests that came, in order. */
  readonly bodies: string[];
  /** What happens to the requests that come next, in order; the last one stays. */
  play(...faults: readonly Fault[]): void;
  close(): Promise<void>;
}

/** A token endpoint on a raw socket, that can do what no HTTP server would. */
export async function startFaultServer(): Promise<FaultServer> {
  const bodies: string[] = [];
  const sockets = new Set<Socket>();
  let script: Fault[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      const [head = '', body = ''] = received.split(/\r\n\r\n(.*)/s);
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      if (!received.includes('\r\n\r\n') || body.length < length) return;
      received = '';
      bodies.push(body);
      const fault = script.length > 1 ? script.shift() : script[0];
      fault?.(socket, body);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/token`,
    bodies,
    play: (...faults) => {
      script = [...faults];
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** A well-formed HTTP answer. */
export const answers =
  ({ status = 200, headers = {}, body = '' }: Answer): Fault =>
  (socket) => {
    const lines = Object.entries({
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      connection: 'close',
      ...headers,
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`HTTP/1.1 ${status} X\r\n${lines.join('')}\r\n`);
    socket.end(body);
  };

export const json = (fields: object, status = 200, headers = {}): Fault =>
  answers({ status, headers, body: JSON.stringify(fields) });

/** Reads the request and hangs up. */
export const hangsUp: Fault = (socket) => socket.destroy();

/** Answers what is not HTTP. */
export const garbage: Fault = (socket) => socket.end('\u0000\u0001 not http at all\r\n\r\n');

/** A small body that grows to 32 MiB when it is unpacked. */
export const gzipBomb: Fault = answers({
  headers: { 'content-encoding': 'gzip' },
  body: gzipSync(Buffer.alloc(1 << 25)),
});

/** Promises more than it sends. */
export const truncated: Fault = (socket) =>
  socket.end('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"access_token":"a"');
