import { Fault } from './fault.js';

export interface ThrottleOrder {
  /** How many requests are refused. Default: 1. */
  readonly times?: number;
  /** Default: 429. */
  readonly status?: 429 | 503;
  /** Default: 1. */
  readonly retryAfterSeconds?: number;
  /** Only requests whose path and query match. Default: all. */
  readonly match?: RegExp;
}

/** Refuses requests on order, as the service does when it is asked too much. */
export class Throttle {
  #orders: { left: number; order: ThrottleOrder }[] = [];

  order(order: ThrottleOrder): void {
    this.#orders.push({ left: order.times ?? 1, order });
  }

  /** @throws Fault 429 or 503 */
  check(address: string): void {
    const found = this.#orders.find(({ left, order }) => left > 0 && order.match?.test(address) !== false);
    if (found === undefined) return;
    found.left -= 1;
    this.#orders = this.#orders.filter(({ left }) => left > 0);
    const { status = 429, retryAfterSeconds = 1 } = found.order;
    throw new Fault(
      status,
      '-2147429894, Microsoft.SharePoint.Client.ClientServiceException',
      'The request has been throttled. Please try again after the time that Retry-After names.',
      { 'retry-after': String(retryAfterSeconds) },
    );
  }
}
