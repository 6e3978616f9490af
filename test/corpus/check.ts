/**
 * One document of the corpus in a process of its own: discovers, generates, writes the modules. Then has its
 * requests judged. Sends `described` when the first half is done, and at the end what came out.
 */

import { createUpstream } from '../../brokers/http/index.js';
import { brokers } from '../../brokers/index.js';
import { deriveSmartObjects, generateModules, writeModules } from '../../codegen/index.js';
import { isSmartwrightError } from '../../config/model/errors.js';
import { type CheckedRequests, checkRequests } from './check-requests.js';

export type Checked =
  | {
      readonly outcome: 'described';
      readonly operations: number;
      readonly methods: number;
      readonly types: number;
      readonly skipped: readonly string[];
      readonly ms: number;
      /** Peak memory in bytes, before the requests were checked. */
      readonly peak: number;
      readonly requests: CheckedRequests;
    }
  | { readonly outcome: 'refused'; readonly code: string; readonly message: string };

const [file = '', folder = ''] = process.argv.slice(2);
const silent = { debug() {}, info() {}, warn() {}, error() {} };

async function check(): Promise<Checked> {
  const start = performance.now();
  try {
    const context = { http: createUpstream(), signal: new AbortController().signal, log: silent };
    const description = await brokers.rest.describe({ descriptor: file }, context);
    const objects = deriveSmartObjects({ name: 'corpus', displayName: 'Corpus' }, description);
    writeModules(generateModules(objects, description.types, { name: 'corpus' }), folder);
    const skipped = description.diagnostics.filter(({ severity }) => severity === 'skipped');
    const ms = performance.now() - start;
    process.send?.('described');
    const peak = process.resourceUsage().maxRSS * 1024;
    return {
      outcome: 'described',
      operations: description.operations,
      methods: description.serviceObjects.reduce((sum, { methods }) => sum + methods.length, 0),
      types: Object.keys(description.types).length,
      skipped: skipped.map(({ operation, message }) => `${operation ?? file}: ${message}`),
      ms,
      peak,
      requests: await checkRequests(file, description),
    };
  } catch (error) {
    if (!isSmartwrightError(error)) throw error;
    return { outcome: 'refused', code: error.code, message: error.message };
  }
}

process.send?.(await check());
process.disconnect();
