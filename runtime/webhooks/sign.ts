import { createHmac } from 'node:crypto';
import type { Secret } from '../../config/model/secret.js';

/**
 * The headers that prove where a delivery comes from, after the Standard Webhooks specification: HMAC-SHA-256 over
 * `{id}.{timestamp}.{body}`. A receiver computes the same, compares in constant time, and refuses an old timestamp.
 *
 * @param secret `whsec_` and the key in base64, or any other text, whose bytes are the key
 * @param now milliseconds since the epoch
 */
export function signatureHeaders(secret: Secret, id: string, body: string, now: number): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const signature = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}

function keyOf(secret: Secret): Buffer {
  const [, base64] = /^whsec_(.+)$/.exec(secret.reveal()) ?? [];
  return base64 === undefined ? Buffer.from(secret.reveal(), 'utf8') : Buffer.from(base64, 'base64');
}
