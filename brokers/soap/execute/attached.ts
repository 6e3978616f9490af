import { randomUUID } from 'node:crypto';
import { isBase64 } from '../../file-bytes.js';
import { ns } from '../namespaces.js';
import type { Simple } from '../plan.js';

/** A part of a message beside its envelope. */
export interface OutgoingPart {
  /** The content ID, without its brackets. */
  readonly id: string;
  readonly mediaType: string;
  /** The bytes, base64 without white space. */
  readonly base64: string;
}

/** Characters of base64 from which on a value leaves the envelope: 768 bytes, as with WCF. */
const SHORTEST = 1_024;

/** A content ID (RFC 2392 §2), with a name in front where it says which part it is (WS-I Attachments Profile 1.0 §3.5). */
export const contentId = (name?: string): string =>
  `${name === undefined ? '' : `${encodeURIComponent(name)}=`}${randomUUID()}@smartwright`;

/** The characters of base64 alone. */
export const withoutSpace = (base64: string): string => (/\s/.test(base64) ? base64.replace(/\s+/g, '') : base64);

/** Collects the binary values of one message after another that travel beside the envelope (XOP §3). */
export class Attached {
  #parts: OutgoingPart[] | undefined;

  /** Writes a message whose large binary values are to leave the envelope. */
  collect(write: () => string): { readonly envelope: string; readonly parts: readonly OutgoingPart[] } {
    const parts: OutgoingPart[] = [];
    this.#parts = parts;
    try {
      return { envelope: write(), parts };
    } finally {
      this.#parts = undefined;
    }
  }

  /** What stands in the envelope for a value (XOP §2.1); undefined when the value itself does. */
  include(simple: Simple, base64: string): string | undefined {
    if (this.#parts === undefined || base64.length < SHORTEST) return undefined;
    if (!('builtin' in simple) || simple.builtin !== 'base64Binary' || !isBase64(base64)) return undefined;
    const id = contentId();
    this.#parts.push({ id, mediaType: 'application/octet-stream', base64: withoutSpace(base64) });
    return `<xop:Include xmlns:xop="${ns.xop}" href="cid:${id}"/>`;
  }
}
