/** Builds the console into `dist/console`: hashed files, each also compressed, so that the server never compresses anything. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { writeApiTypes } from './write-api-types.js';

const root = fileURLToPath(new URL('.', import.meta.url));
const outDir = fileURLToPath(new URL('../dist/console', import.meta.url));
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

/**
 * @returns the files that went into it
 * @throws Error when a module cannot be resolved or compiled
 */
export async function buildConsole(): Promise<readonly string[]> {
  await writeApiTypes();
  const built = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    base: '/console/',
    plugins: [react()],
    resolve: {
      alias: {
        '@rjsf/validator-ajv8': join(root, 'src/form/absent-validator.ts'),
        'markdown-to-jsx/react': join(root, 'src/form/plain-markdown.tsx'),
      },
    },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 700,
    },
  });
  const assets = join(outDir, 'assets');
  for (const file of readdirSync(assets)) {
    if (!/\.(js|css|svg)$/.test(file)) continue;
    const content = readFileSync(join(assets, file));
    writeFileSync(join(assets, `${file}.br`), brotliCompressSync(content, quality));
    writeFileSync(join(assets, `${file}.gz`), gzipSync(content));
  }
  const outputs = Array.isArray(built) ? built : 'output' in built ? [built] : [];
  return outputs.flatMap(({ output }) => output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : [])));
}
