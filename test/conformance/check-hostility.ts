import assert from 'node:assert/strict';
import type { MethodCall } from '../../brokers/broker.js';
import type { UpstreamRequest } from '../../brokers/http/upstream.js';
import { SmartwrightError } from '../../config/model/errors.js';
import type { TypeMap } from '../../config/model/json-schema.js';
import type { Proof } from './broker-suite.js';
import { compile } from './compile.js';
import { withFault } from './fault-service.js';
import { rejection } from './rejection.js';
import { sample } from './sample.js';
import { nameOf } from './subject.js';

/** Values that try to leave a path segment, a query, a header, a host. */
const hostile = [
  '../../admin',
  '..',
  'a/b?c=d#e',
  '\r\nx-injected: 1',
  '@evil.example/',
  '%2e%2e%2f',
  '\u0000',
  '__proto__',
  '{"a":1}',
  '<a/>',
] as const;

/** Inputs that are valid and mean harm. */
export const checkHostility = {
  async hostile(subject) {
    const { types } = await subject.description();
    await withFault(500, undefined, async ({ http, requests }) => {
      for (const call of await subject.sampleCalls()) {
        const send = async (input: MethodCall['input']): Promise<UpstreamRequest | undefined> => {
          const before = requests.length;
          const error = await rejection(() => subject.broker.execute({ ...call, input }, subject.context({ http })));
          assert.ok(
            error instanceof SmartwrightError,
            `${nameOf(call)} must fail with an error of its own, not ${String(error)}`,
          );
          return requests[before];
        };
        const fits = compile(call.method.input, types, `input of ${nameOf(call)}`);
        for (const text of hostile) await attack(call, text, types, { send, fits });
        const polluting = withPrototypes(call.input);
        if (fits(polluting)) await send(polluting);
      }
    });
    assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false, 'no input may reach the prototype of objects');
  },
} as const satisfies Record<string, Proof>;

interface Attack {
  readonly send: (input: MethodCall['input']) => Promise<UpstreamRequest | undefined>;
  readonly fits: (input: unknown) => boolean;
}

async function attack(call: MethodCall, text: string, types: TypeMap, { send, fits }: Attack): Promise<void> {
  const filledWith = (word: string) =>
    sample(call.method.input, types, { optional: true, text: () => word }) as MethodCall['input'];
  const [harmless, input] = [filledWith('sample'), filledWith(text)];
  if (!fits(input) || !fits(harmless)) return;
  const expected = await send(harmless);
  const sent = await send(input);
  // Refusing the value is as good as encoding it.
  if (sent === undefined || expected === undefined) return;
  const [plain, url] = [new URL(expected.url), new URL(sent.url)];
  const what = `${nameOf(call)} with ${JSON.stringify(text)}`;
  assert.equal(url.origin, plain.origin, `${what} must stay at its host`);
  assert.equal(sent.method, expected.method, `${what} must keep its verb`);
  assert.equal(segments(url), segments(plain), `${what} must stay within its path segment: ${sent.url}`);
  assert.equal(url.hash, '', `${what} must not add a fragment`);
  for (const [name, value] of Object.entries(sent.headers)) {
    assert.doesNotMatch(`${name}${[value].flat().join('')}`, /[\r\n\0]/, `${what} must not break the header ${name}`);
  }
}

/** The input with an own member `__proto__` in each object, as JSON.parse makes it. */
function withPrototypes(input: MethodCall['input']): MethodCall['input'] {
  return JSON.parse(JSON.stringify(input), (_, value: unknown) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      Object.defineProperty(value, '__proto__', { value: { polluted: true }, enumerable: true });
    }
    return value;
  }) as MethodCall['input'];
}

const segments = (url: URL): number => url.pathname.split('/').length;
