import { expect } from 'chai';
import { CallerError } from '../../config/model/errors.js';
import type { Principal } from '../../config/model/principal.js';
import { inProcess, listMethod, method, Problem, transportTo } from '../../runtime/client/index.js';
import type { Engine, SmartCall } from '../../runtime/engine/engine.js';

const principal: Principal = { name: 'ann', credential: 'user:ann', roles: ['user'], via: 'local' };

/** An engine that answers as a test says, and keeps what it was called with. */
function engineThat(execute: (call: SmartCall, signal: AbortSignal | undefined) => ReturnType<Engine['execute']>) {
  const calls: SmartCall[] = [];
  const engine: Engine = {
    execute(call, who, signal) {
      expect(who).to.equal(principal);
      calls.push(call);
      return execute(call, signal);
    },
    stream(call, who, signal) {
      return engine.execute(call, who, signal);
    },
  };
  return { calls, transport: inProcess(engine, principal) };
}

const rejection = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );

const untilAborted = (signal: AbortSignal | undefined): Promise<never> =>
  new Promise((_resolve, reject) => {
    const stop = (): void => reject(new CallerError('CANCELLED', 'the caller went away'));
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
  });

describe('calls in process', () => {
  it('give the value itself', async () => {
    const value = { items: 'a property of this name is no list' };
    const { calls, transport } = engineThat(async () => ({ value }));
    const read = method<{ id: bigint }, typeof value>(transport, 'Crm_Contact', 'Read');
    expect(await read({ id: 1n })).to.equal(value);
    expect(calls).to.deep.equal([{ object: 'Crm_Contact', method: 'Read', input: { id: 1n } }]);
  });

  it('give pages, and all of them', async () => {
    const { calls, transport } = engineThat(async ({ input }) => {
      const last = (input as { $next?: string }).$next === 'b';
      return last ? { items: [2] } : { items: [1], next: 'b', meta: { total: 2 } };
    });
    const list = listMethod<{ q?: string }, number, { total: number }>(transportTo(transport), 'A', 'List');
    expect(await list()).to.deep.equal({ items: [1], next: 'b', meta: { total: 2 } });
    const items: number[] = [];
    for await (const item of list.all({ q: 'x' })) items.push(item);
    expect(items).to.deep.equal([1, 2]);
    expect(calls.at(-1)?.input).to.deep.equal({ q: 'x', $next: 'b' });
  });

  it('reject with the same problem as over HTTP', async () => {
    const cause = new CallerError('INPUT_INVALID', 'id must be a number', {
      fields: [{ pointer: '/id', message: 'must be a number' }],
      extensions: { authorizationUrl: 'http://x/', hint: 1 },
    });
    const { transport } = engineThat(() => Promise.reject(cause));
    const problem = await rejection(transport.call('A', 'B', {}));
    expect(problem).to.be.instanceOf(Problem);
    expect(problem).to.deep.include({
      status: 422,
      code: 'INPUT_INVALID',
      type: 'urn:smartwright:problem:input-invalid',
      title: 'Input invalid',
      detail: 'id must be a number',
      fields: [{ pointer: '/id', message: 'must be a number' }],
      authorizationUrl: 'http://x/',
      extensions: { hint: 1 },
      cause,
    });
  });

  it('reject with INTERNAL for a defect', async () => {
    const defect = new TypeError('x is not a function');
    const { transport } = engineThat(() => Promise.reject(defect));
    expect(await rejection(transport.call('A', 'B', {}))).to.include({ status: 500, code: 'INTERNAL', cause: defect });
  });

  it('end at their deadline, and when the caller aborts', async () => {
    const { transport } = engineThat((_call, signal) => untilAborted(signal));
    expect(await rejection(transport.call('A', 'B', {}, { timeout: 10 }))).to.include({ code: 'TIMEOUT', status: 0 });
    const signal = AbortSignal.abort();
    expect(await rejection(transport.call('A', 'B', {}, { signal, timeout: 60_000 }))).to.include({
      code: 'CANCELLED',
    });
  });
});
