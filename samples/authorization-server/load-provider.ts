import type Provider from 'oidc-provider';

/**
 * Loads oidc-provider. On Node 20 it prints at once that it wants a later one, though it runs there; that one line is left out, so
 * that the output of whoever starts the sample stays its own.
 */
export async function loadProvider(): Promise<typeof Provider> {
  const { warn } = console;
  console.warn = (...text: unknown[]) => {
    if (!String(text[0]).includes('oidc-provider WARNING: Unsupported runtime')) warn.apply(console, text);
  };
  try {
    return (await import('oidc-provider')).default;
  } finally {
    console.warn = warn;
  }
}
