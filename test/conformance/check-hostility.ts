import assert from 'node:assert/strict';
import type { MethodCall } from '../../brokers/broker.js';
import type { UpstreamRequest } from '../../brokers/http/upstream.js';
import { SmartwrightError } from '../../config/model/errors.js';
import type { TypeMap } from '../../config/model/json-schema.js';
import { compileInput } from '../../runtime/engine/validate.js';
import type { Proof } from './broker-suite.js';
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
        for (const text of hostile) await attack(call, text, types, send);
        await pollute(call, types, send);
      }
    });
    assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false, 'no input may reach the prototype of objects');
  },
} as const satisfies Record<string, Proof>;

type Send = (input: MethodCall['input']) => Promise<UpstreamRequest | undefined>;

async function attack(call: MethodCall, text: string, types: TypeMap, send: Send): Promise<void> {
  const harmless = sample(call.method.input, types, { optional: true, text: () => 'sample' }) as MethodCall['input'];
  const input = sample(call.method.input, types, { optional: true, text: () => text }) as MethodCall['input'];
  const validate = compileInput(call.method.input, types);
  if (validate(input).length > 0 || validate(harmless).length > 0) return;
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

/** An own member `__proto__`, as JSON.parse makes it, wherever the input takes members of any name. */
async function pollute(call: MethodCall, types: TypeMap, send: Send): Promise<void> {
  const input = JSON.parse(JSON.stringify(call.input), (_, value: unknown) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      Object.defineProperty(value, '__proto__', { value: { polluted: true }, enumerable: true });
    }
    return value;
  }) as MethodCall['input'];
  if (compileInput(call.method.input, types)(input).length === 0) await send(input);
}

const segments = (url: URL): number => url.pathname.split('/').length;
