import { HttpRequestError } from '@pnp/queryable';

/** What a refused call was answered with. */
export interface AnsweredFault {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly retryAfter: string | null;
}

/** @throws when the call is not refused, or not by the server */
export async function faultOf(call: Promise<unknown>): Promise<AnsweredFault> {
  const error = await call.then(
    () => new Error('the call was not refused'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof HttpRequestError)) throw error;
  const body = (await error.response.json()) as Record<string, { code: string; message: { value: string } }>;
  const fault = body['odata.error'] ?? body.error;
  return {
    status: error.status,
    code: fault?.code ?? '',
    message: fault?.message.value ?? '',
    retryAfter: error.response.headers.get('retry-after'),
  };
}
