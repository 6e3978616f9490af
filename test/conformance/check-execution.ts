import assert from 'node:assert/strict';
import { isPreviewable, type MethodCall, type MethodResult } from '../../brokers/broker.js';
import type { TypeMap } from '../../config/model/json-schema.js';
import type { Proof } from './broker-suite.js';
import { compile } from './compile.js';
import { withFault } from './fault-service.js';
import { rejection } from './rejection.js';
import { nameOf } from './subject.js';

/** Times that a call is made at once, to see whether calls disturb one another. */
const atOnce = 8;

/** Calls that work. */
export const checkExecution = {
  async calls(subject) {
    const { types } = await subject.description();
    for (const call of await subject.knownCalls()) {
      const result = await subject.broker.execute(call, subject.context());
      assertFits(result, call, types);
    }
  },

  async parallel(subject) {
    const reads = (await subject.knownCalls()).filter(({ method }) => method.kind === 'read' || method.kind === 'list');
    for (const call of reads) {
      const once = await subject.broker.execute(call, subject.context());
      const many = await Promise.all(
        Array.from({ length: atOnce }, () => subject.broker.execute(call, subject.context())),
      );
      for (const result of many)
        assert.deepEqual(result, once, `${nameOf(call)} must give the same to callers at the same time`);
    }
  },

  async preview(subject) {
    const { broker } = subject;
    assert.ok(isPreviewable(broker));
    await withFault(500, undefined, async ({ http, requests }) => {
      for (const call of await subject.sampleCalls()) {
        const preview = await broker.preview(call);
        const before = requests.length;
        await rejection(() => broker.execute(call, subject.context({ http })));
        const sent = requests[before];
        assert.deepEqual(
          { method: preview.method, url: preview.url },
          { method: sent?.method, url: sent?.url },
          nameOf(call),
        );
      }
    });
  },

  async input(subject) {
    await withFault(500, undefined, async ({ http }) => {
      for (const call of await subject.sampleCalls()) {
        const before = structuredClone(call.input);
        const error = await rejection(() =>
          subject.broker.execute({ ...call, input: frozen(call.input) }, subject.context({ http })),
        );
        assert.ok(!(error instanceof TypeError), `${nameOf(call)} must not write to its input: ${String(error)}`);
        assert.deepEqual(call.input, before, `${nameOf(call)} must leave its input as it was`);
      }
    });
  },
} as const satisfies Record<string, Proof>;

function assertFits(result: MethodResult, call: MethodCall, types: TypeMap): void {
  const { kind, output } = call.method;
  const what = nameOf(call);
  assert.equal('items' in result, kind === 'list', `${what}: a list gives items, every other kind a value`);
  const values = 'items' in result ? result.items : [result.value];
  if (output === false) {
    assert.deepEqual(values, [undefined], `${what} declares no result and must give none`);
    return;
  }
  const validate = compile(output, types, `output of ${what}`);
  for (const value of values) {
    assert.ok(
      validate(value),
      `${what}: a result does not fit the output: ${JSON.stringify(validate.errors?.slice(0, 3))}`,
    );
  }
  if ('items' in result && result.next !== undefined)
    assert.equal(typeof result.next, 'string', `${what}: next must be a string`);
}

/** A copy whose every part refuses to be written to. */
function frozen<T>(value: T): T {
  const copy = structuredClone(value);
  const freeze = (part: unknown): void => {
    if (typeof part !== 'object' || part === null || ArrayBuffer.isView(part)) return;
    Object.freeze(part);
    Object.values(part).forEach(freeze);
  };
  freeze(copy);
  return copy;
}
