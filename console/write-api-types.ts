/** Writes the types of the HTTP API, from the description that the server gives of itself, for the console's client. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { register } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OpenAPI3 } from 'openapi-typescript';
import { createRuntime } from '../runtime/index.js';
import { createServer } from '../runtime/server/index.js';

const folder = fileURLToPath(new URL('./src/api/generated', import.meta.url));

/** openapi-typescript works with the compiler API of TypeScript 5, which `typescript` here no longer has. */
const typescript5 =
  "export const resolve = (name, context, next) => next(name === 'typescript' ? 'typescript-5' : name, context);";

export async function writeApiTypes(): Promise<void> {
  register(`data:text/javascript,${encodeURIComponent(typescript5)}`);
  const { default: openapiTypes, astToString } = await import('openapi-typescript');
  const types = astToString(
    await openapiTypes(await description(), { emptyObjectsUnknown: true, defaultNonNullable: false }),
  );
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'schema.ts'), types);
}

/** `/openapi.json` of a server that stands on an empty store for as long as it takes. */
async function description(): Promise<OpenAPI3> {
  const data = mkdtempSync(join(tmpdir(), 'smartwright-api-types-'));
  const runtime = await createRuntime({ data, host: '127.0.0.1', port: 0, logLevel: 'error' });
  const server = createServer(runtime);
  try {
    const { port } = await server.listen();
    return (await (await fetch(`http://127.0.0.1:${port}/openapi.json`)).json()) as OpenAPI3;
  } finally {
    await server.close();
    await runtime.close();
    rmSync(data, { recursive: true, force: true });
  }
}
