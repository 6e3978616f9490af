import { performance } from 'node:perf_hooks';
import type { Exchange } from './exchange.js';

/** Upper bounds of the histogram's buckets, seconds. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Counters of the server, written in the Prometheus text format 0.0.4. They name routes and outcomes, never an object or a person. */
export class Metrics {
  readonly #requests = new Map<string, number>();
  readonly #calls = new Map<string, number>();
  readonly #buckets = new Float64Array(bounds.length + 1);
  readonly #underWay: () => number;
  readonly #answers: { readonly checked: number; readonly invalid: number };
  readonly #tokenEvents: ReadonlyMap<string, number>;
  #seconds = 0;

  /**
   * @param underWay the number of calls being served now
   * @param answers how many answers of services were checked so far, and how many break their schema
   * @param tokenEvents what happened to tokens so far, by name
   */
  constructor(
    underWay: () => number,
    answers: { readonly checked: number; readonly invalid: number },
    tokenEvents: ReadonlyMap<string, number>,
  ) {
    this.#underWay = underWay;
    this.#tokenEvents = tokenEvents;
    this.#answers = answers;
  }

  /** Counts a request that has been served. */
  request({ request, response, route }: Exchange): void {
    count(this.#requests, `method="${request.method ?? ''}",route="${route}",status="${response.statusCode}"`);
  }

  /**
   * Counts a call of a method.
   *
   * @param outcome `done` or an error code
   * @param milliseconds how long it took
   */
  call(outcome: string, milliseconds: number): void {
    count(this.#calls, `outcome="${outcome}"`);
    const seconds = milliseconds / 1000;
    this.#seconds += seconds;
    let bucket = 0;
    while (bucket < bounds.length && seconds > (bounds[bucket] ?? 0)) bucket++;
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
  }

  write(): string {
    const { rss, heapUsed, heapTotal } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    return [
      ...counter('smartwright_http_requests_total', 'Requests by route and status.', this.#requests),
      ...counter(
        'smartwright_calls_total',
        'Calls of SmartObject methods by outcome: done, or an error code.',
        this.#calls,
      ),
      ...this.#histogram(),
      ...counter('smartwright_token_events_total', 'What happened to OAuth tokens.', this.#byEvent()),
      ...total('smartwright_answers_checked_total', 'Answers checked against their schema.', this.#answers.checked),
      ...total('smartwright_answers_invalid_total', 'Answers that break their schema.', this.#answers.invalid),
      ...gauge('smartwright_calls_under_way', 'Calls being served now.', this.#underWay()),
      ...gauge('process_resident_memory_bytes', 'Resident memory.', rss),
      ...gauge('nodejs_heap_size_used_bytes', 'Heap in use.', heapUsed),
      ...gauge('nodejs_heap_size_total_bytes', 'Heap reserved.', heapTotal),
      ...head('process_cpu_seconds_total', 'CPU time, user and system.', 'counter'),
      `process_cpu_seconds_total ${(user + system) / 1e6}`,
      ...gauge('process_start_time_seconds', 'Start, seconds since the epoch.', performance.timeOrigin / 1000),
      ...gauge(
        'nodejs_eventloop_utilization',
        'Share of its time since the start that the event loop was busy.',
        performance.eventLoopUtilization().utilization,
      ),
      '',
    ].join('\n');
  }

  #byEvent(): ReadonlyMap<string, number> {
    return new Map([...this.#tokenEvents].map(([name, times]) => [`event="${name}"`, times]));
  }

  #histogram(): string[] {
    const name = 'smartwright_call_duration_seconds';
    const lines = head(name, 'How long calls took.', 'histogram');
    let total = 0;
    [...bounds, '+Inf'].forEach((bound, bucket) => {
      total += this.#buckets[bucket] ?? 0;
      lines.push(`${name}_bucket{le="${bound}"} ${total}`);
    });
    return [...lines, `${name}_sum ${this.#seconds}`, `${name}_count ${total}`];
  }
}

const count = (counts: Map<string, number>, labels: string): void => {
  counts.set(labels, (counts.get(labels) ?? 0) + 1);
};

const head = (name: string, help: string, type: string): string[] => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
];

const counter = (name: string, help: string, counts: ReadonlyMap<string, number>): string[] => [
  ...head(name, help, 'counter'),
  ...[...counts].map(([labels, value]) => `${name}{${labels}} ${value}`),
];

const total = (name: string, help: string, value: number): string[] => [
  ...head(name, help, 'counter'),
  `${name} ${value}`,
];

const gauge = (name: string, help: string, value: number): string[] => [
  ...head(name, help, 'gauge'),
  `${name} ${value}`,
];
