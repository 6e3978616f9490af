import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { invalidDigest } from './fault.js';

/** Form digests: proofs that a page of the site was asked before it is written to. */
export class Digests {
  readonly #key = randomBytes(32);
  readonly #now: () => Date;

  /** Seconds. */
  readonly lifetime: number;

  constructor(lifetime: number, now: () => Date) {
    this.lifetime = lifetime;
    this.#now = now;
  }

  /** `0x…,24 Nov 2026 15:00:00 -0000`. */
  issue(): string {
    const moment = this.#now()
      .toUTCString()
      .replace(/^\w+, /, '')
      .replace('GMT', '-0000');
    return `0x${this.#signed(moment).toString('hex').toUpperCase()},${moment}`;
  }

  /** @throws Fault 403 for one that is missing, foreign or expired */
  check(digest: string | undefined): void {
    const [proof = '', moment = ''] = /^0x([\dA-F]{64}),(.+)$/i.exec(digest ?? '')?.slice(1) ?? [];
    const age = this.#now().getTime() - Date.parse(moment.replace('-0000', 'GMT'));
    const genuine = proof !== '' && timingSafeEqual(Buffer.from(proof, 'hex'), this.#signed(moment));
    if (!genuine || age > this.lifetime * 1_000) throw invalidDigest();
  }

  #signed(moment: string): Buffer {
    return createHmac('sha256', this.#key).update(moment).digest();
  }
}
