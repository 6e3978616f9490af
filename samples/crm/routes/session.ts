import type { Call, Handlers } from '../call.js';

export const sessionHandlers = (): Handlers => ({
  getSession: ({ caller }: Call) => ({
    body: { ...caller, expiresAt: caller.expiresAt.toISOString() },
  }),
});
