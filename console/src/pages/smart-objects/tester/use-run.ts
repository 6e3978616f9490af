import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { MethodAnswer, MethodCall } from './run-method.ts';
import { runMethod } from './run-method.ts';

/** Calls of a method, one at a time: a new one ends the one before, and leaving the page ends the last. */
export function useRun() {
  const controller = useRef<AbortController>(undefined);
  const mutation = useMutation<MethodAnswer, Error, MethodCall>({
    mutationFn: (call) => {
      controller.current?.abort();
      controller.current = new AbortController();
      return runMethod(call, controller.current.signal);
    },
  });
  useEffect(() => () => controller.current?.abort(), []);
  const isCancelled = mutation.error instanceof DOMException && mutation.error.name === 'AbortError';
  return {
    run: mutation.mutate,
    /** Ends the call under way; the server ends it at the service. */
    cancel: () => controller.current?.abort(),
    running: mutation.isPending,
    cancelled: isCancelled,
    answer: mutation.data,
    error: isCancelled ? null : mutation.error,
    /** The call that was made last. */
    call: mutation.variables,
  };
}
