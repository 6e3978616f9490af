import type { Credential } from './principal.js';

/** What was tried: the parts of the token flow that leave a trace. */
export const tokenFlows = ['authorization', 'callback', 'device', 'token', 'refresh', 'revocation'] as const;
export type TokenFlow = (typeof tokenFlows)[number];

/**
 * The record of one token flow, for an admin to read. It holds no secret: values that are none by their name are shown, all others
 * read `[secret]`.
 */
export interface TokenTrace {
  readonly flow: TokenFlow;
  /** Absent where the flow failed before it was known. */
  readonly resource?: string;
  readonly credential?: Credential;
  /** RFC 3339, UTC. */
  readonly at: string;
  /** Milliseconds in all. */
  readonly ms: number;
  readonly outcome: 'done' | 'failed';
  /** The rule that failed: an OAuth error code (RFC 6749 §5.2) or one of our error codes. */
  readonly rule?: string;
  readonly message?: string;
  /** What the callback received, or what the authorization request sends the person with. */
  readonly parameters?: readonly TracedValue[];
  /** The requests to the provider, in order. */
  readonly steps: readonly TraceStep[];
}

export interface TracedValue {
  readonly name: string;
  readonly value: string;
}

/** One request to a provider, and what came of it. */
export interface TraceStep {
  /** Milliseconds after the flow's beginning. */
  readonly after: number;
  /** Milliseconds until the answer was read. */
  readonly ms: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly TracedValue[];
    readonly parameters: readonly TracedValue[];
  };
  /** Absent when none came. */
  readonly answer?: {
    readonly status: number;
    readonly headers: readonly TracedValue[];
    /** The fields of an answer that has some. */
    readonly fields?: readonly TracedValue[];
    /** What else it was, such as `text/html, 512 characters`. */
    readonly body?: string;
  };
  /** Why none came. */
  readonly failure?: string;
}
