import { expect } from 'chai';
import { BatchedWriter } from '../../runtime/engine/batched-writer.js';

describe('records that are written in bulk', () => {
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  it('wait within their bound while a store is slow, each is written once, and what is dropped is told', async () => {
    const written: number[] = [];
    const told: unknown[] = [];
    const nothing = () => undefined;
    const log = { debug: nothing, info: nothing, warn: (details: object) => void told.push(details), error: nothing };
    let open: () => void = nothing;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const write = async (records: readonly number[]) => {
      await gate;
      written.push(...records);
    };
    const writer = new BatchedWriter<number>({ write, what: 'numbers', log });
    const add = (from: number, count: number) => {
      for (let record = from; record < from + count; record++) writer.add(record);
    };
    add(0, 1);
    await pause(600);
    add(1, 7_000);
    await pause(600);
    expect(writer.waiting).to.equal(7_000);
    add(7_001, 7_000);
    expect(writer.waiting).to.equal(10_000);
    open();
    await writer.close();
    expect(written).to.deep.equal(Array.from({ length: 10_001 }, (_, record) => record));
    expect(told).to.deep.equal([{ dropped: 4_000, what: 'numbers' }]);
  });

  it('go on being written after a write that failed', async () => {
    const written: number[] = [];
    const nothing = () => undefined;
    const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
    const write = async (records: readonly number[]) => {
      if (records.includes(1)) throw new Error('away');
      written.push(...records);
    };
    const writer = new BatchedWriter<number>({ write, what: 'numbers', log });
    writer.add(1);
    await pause(600);
    writer.add(2);
    await pause(600);
    expect(written).to.deep.equal([2]);
    await writer.close();
  });
});
