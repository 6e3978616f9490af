import { portNumber, teach, withData } from '../options.js';
import type { Session } from '../run.js';
import type { Register } from './index.js';

interface Options {
  readonly data?: string;
  readonly port?: number;
  readonly host?: string;
}

/** `smartwright start`: serves until it is told to stop. */
export const start: Register = (program, session) => {
  const command = program
    .command('start')
    .description('Starts the server and runs until SIGINT or SIGTERM; calls under way are finished first.')
    .option(
      '--port <port>',
      'the port to listen on; 0 takes a free one (default: SMARTWRIGHT_PORT, else 8085)',
      portNumber,
    )
    .option('--host <address>', 'the address to listen on (default: SMARTWRIGHT_HOST, else 127.0.0.1)');
  teach(withData(command), {
    examples: ['smartwright start', 'smartwright start --port 0 --data /var/lib/smartwright --json'],
    notes: `While there is no user yet, a one-time sign-in link is printed; open it to set the first password.
With --quiet only warnings and errors are logged. With --json: { url, port, signInUrl? }, as soon as the server listens.`,
  }).action((options: Options) => serve(options, session));
};

async function serve(options: Options, { terminal, output }: Session): Promise<void> {
  const [{ readSettings }, { createRuntime }, { createServer }, { ensureFirstSignIn }] = await Promise.all([
    import('../../../config/settings.js'),
    import('../../index.js'),
    import('../../server/index.js'),
    import('../../identity/index.js'),
  ]);
  const settings = readSettings(undefined, {
    ...overrides(options),
    ...(output.options.quiet ? { logLevel: 'warn' } : {}),
  });
  const runtime = await createRuntime(settings);
  try {
    const server = createServer(runtime);
    const { url, port } = await server.listen();
    try {
      const signInUrl = await ensureFirstSignIn(runtime);
      const links = { url: runtime.publicUrl(), port, ...(signInUrl === undefined ? {} : { signInUrl }) };
      output.result(links, () => welcome(links, url, settings.data));
      await stopped(terminal.signal);
      output.note('Stopping: finishing the calls under way.');
    } finally {
      await server.close();
    }
  } finally {
    await runtime.close();
  }
}

const overrides = ({ data, port, host }: Options) => ({
  ...(data === undefined ? {} : { data }),
  ...(port === undefined ? {} : { port }),
  ...(host === undefined ? {} : { host }),
});

function welcome({ url, signInUrl }: { url: string; signInUrl?: string }, listening: string, data: string): string {
  const lines = [`Smartwright serves ${url}`];
  if (listening !== url) lines.push(`  listening on ${listening}`);
  lines.push(`  data folder ${data}`);
  if (signInUrl !== undefined)
    lines.push('', 'There is no user yet. Open this one-time link to sign in as admin:', `  ${signInUrl}`);
  return lines.join('\n');
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
