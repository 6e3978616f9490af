import { spawn } from 'node:child_process';

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
  linux: ['xdg-open'],
};

/** Opens a URL in the person's browser, where there is one to ask; quietly does nothing elsewhere. `url` is http or https. */
export function openInBrowser(url: string): Promise<void> {
  const [command, ...args] = openers[process.platform] ?? [];
  if (command === undefined || !/^https?:\/\//.test(url)) return Promise.resolve();
  return new Promise((resolve) => {
    const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
    child.once('error', () => resolve());
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
  });
}
