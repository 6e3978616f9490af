import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { Problem } from './problem.ts';
import { reportFailure } from './session.ts';

/** Milliseconds that an answer counts as fresh. */
const FRESH = 10_000;

/** A refusal is final; only a server that is away is asked again. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: reportFailure }),
  mutationCache: new MutationCache({ onError: reportFailure }),
  defaultOptions: {
    queries: {
      staleTime: FRESH,
      retry: (count, error) => !(error instanceof Problem) && count < 2,
      retryDelay: (count) => 500 * 2 ** count,
    },
    mutations: { retry: false },
  },
});
