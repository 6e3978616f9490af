/** Microseconds of CPU that this process spends on `work`, user and system. */
export async function cpuOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** Calls `call` `count` times, `width` at a time. Returns the milliseconds that each took. */
export async function repeat(count: number, width: number, call: () => Promise<unknown>): Promise<number[]> {
  const durations: number[] = [];
  let left = count;
  async function worker(): Promise<void> {
    while (left-- > 0) {
      const start = performance.now();
      await call();
      durations.push(performance.now() - start);
    }
  }
  await Promise.all(Array.from({ length: width }, worker));
  return durations;
}

/** The value below which `share` (0 to 1) of the values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
