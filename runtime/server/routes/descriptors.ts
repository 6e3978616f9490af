import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CallerError } from '../../../config/model/errors.js';
import { readBody } from '../body.js';
import { schemaReference } from '../openapi/operation.js';
import type { ServerParts } from '../parts.js';
import type { Route } from '../route.js';
import { sendJson } from '../send.js';

/**
 * Keeps descriptors that an admin has as files only. They stand in the data folder under the hash of their content, so the same one
 * again is the same file; a service key then names its path.
 */
export function descriptorRoutes({ runtime: { settings } }: ServerParts): Route[] {
  return [
    {
      verb: 'post',
      path: '/api/descriptors',
      access: 'admin',
      operation: {
        id: 'uploadDescriptor',
        tag: 'Service instance',
        summary: 'Keep a description of a service, to be named as a service key',
        description: 'At most `SMARTWRIGHT_DESCRIPTOR_BYTES`. It is kept in the data folder and is not looked into.',
        body: { schema: { type: 'string', format: 'binary' }, mediaType: 'application/octet-stream' },
        answers: { 201: { description: 'Where it is.', schema: schemaReference('KeptDescriptor') } },
      },
      async handle(request, response) {
        const content = await readBody(request, settings.limits.descriptorBytes);
        if (content.length === 0)
          throw new CallerError('REQUEST_INVALID', 'The body must be the descriptor; it is empty.');
        const folder = resolve(settings.data, 'descriptors');
        const descriptor = join(
          folder,
          createHash('sha256').update(content).digest('hex').slice(0, 32) + suffixOf(content),
        );
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const part = `${descriptor}.${randomUUID()}.part`;
        await writeFile(part, content, { mode: 0o600 });
        await rename(part, descriptor);
        sendJson(response, { descriptor, bytes: content.length }, 201);
      },
    },
  ];
}

/** By the first character that says something; readers of descriptors look at the content too. */
function suffixOf(content: Buffer): string {
  const start = content
    .subarray(0, 200)
    .toString('latin1')
    .replace(/^[^\x21-\x7e]+/, '');
  if (start.startsWith('{')) return '.json';
  return start.startsWith('<') ? '.xml' : '.yaml';
}
