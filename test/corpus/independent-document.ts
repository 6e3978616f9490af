import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import $RefParser from '@apidevtools/swagger-parser';
import type { OpenAPIV2 } from 'openapi-types';
import { parse } from 'yaml';
import type { RawObject } from './operation-slice.js';

const { convertObj } = createRequire(import.meta.url)('swagger2openapi') as typeof import('swagger2openapi');

/** A document as other people's libraries read it: in one piece, as OpenAPI 3. */
export interface IndependentDocument {
  readonly root: RawObject;
  /** Whether `swagger2openapi` made it out of Swagger 2.0. */
  readonly converted: boolean;
}

/**
 * Reads a document with swagger-parser, which puts its files together, and with swagger2openapi. Nothing of the broker's own
 * reading is used, so a fault there cannot hide.
 *
 * @throws Error when the libraries cannot read it
 */
export async function independentDocument(file: string): Promise<IndependentDocument> {
  const root = await bundled(file);
  if (root.swagger === undefined) return { root, converted: false };
  const complete = { ...root, swagger: '2.0', info: { title: 'Document', version: '1', ...(root.info as object) } };
  const options = { patch: true, warnOnly: true, direct: false, text: ' ', resolveInternal: false };
  const { openapi } = await convertObj(complete as unknown as OpenAPIV2.Document, options as never);
  return { root: openapi as unknown as RawObject, converted: true };
}

async function bundled(file: string): Promise<RawObject> {
  try {
    return (await $RefParser.bundle(file, { resolve: { http: false } })) as unknown as RawObject;
  } catch (error) {
    // It refuses duplicate keys and the like; a document in one file needs no more than a parser.
    const root: unknown = parse(await readFile(file, 'utf8'), { uniqueKeys: false, merge: true, logLevel: 'silent' });
    if (typeof root === 'object' && root !== null && !JSON.stringify(root).match(/"\$ref":"[^#]/))
      return root as RawObject;
    throw error;
  }
}
