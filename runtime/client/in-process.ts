import { deadlineOf } from './deadline.js';
import { clientProblem, problemFromError } from './problem.js';
import type { Transport } from './transport.js';

/** The part of the runtime's engine that the client calls. */
export interface CallEngine<Principal> {
  execute(
    call: {
      readonly object: string;
      readonly method: string;
      readonly input: unknown;
      readonly shape?: 'nested' | 'flat' | undefined;
    },
    principal: Principal,
    signal?: AbortSignal,
  ): Promise<EngineResult>;
}

export type EngineResult =
  | { readonly value: unknown }
  | { readonly items: readonly unknown[]; readonly next?: string; readonly meta?: Readonly<Record<string, unknown>> };

/** Calls the engine of this process as `principal`: no server, no serialisation, the same results and problems as over HTTP. */
export function inProcess<Principal>(engine: CallEngine<Principal>, principal: Principal): Transport {
  return {
    async call(object, method, input, options) {
      const deadline = deadlineOf(options);
      try {
        const shape = options?.shape === undefined ? {} : { shape: options.shape };
        const call = { object, method, input: input ?? {}, ...shape };
        const result = await engine.execute(call, principal, deadline.signal);
        return 'items' in result ? result : result.value;
      } catch (error) {
        if (deadline.reason() === 'TIMEOUT') {
          const detail = `${object}.${method} did not answer within ${options?.timeout} ms.`;
          throw clientProblem('TIMEOUT', detail, { cause: error });
        }
        if (deadline.reason() === 'CANCELLED') {
          throw clientProblem('CANCELLED', `The call of ${object}.${method} was cancelled.`, { cause: error });
        }
        throw problemFromError(error);
      }
    },
  };
}
