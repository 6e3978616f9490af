import type { BrokerContext, MethodCall, MethodResult, StreamedResult } from '../../broker.js';
import type { RequestPlan } from '../plan.js';
import { openAnswer } from './answer/open-answer.js';
import { parseAnswer } from './answer/parse-answer.js';
import { compilePlan } from './compile.js';
import { buildRequest } from './request.js';

/**
 * Calls one operation: builds its request, sends it, reads the answer.
 *
 * @throws CallerError INPUT_INVALID; ConfigurationError KEYS_INVALID; UpstreamError
 */
export async function executeRest(call: MethodCall, ctx: BrokerContext): Promise<MethodResult> {
  const plan = planOf(call);
  const request = buildRequest(compilePlan(plan), call.input, call.keys);
  return await parseAnswer(plan, request, await ctx.http.send(request), call.input);
}

/**
 * The same, with files and streams of items as they arrive. The timeout is then how long the service may be silent.
 *
 * @throws CallerError INPUT_INVALID; ConfigurationError KEYS_INVALID; UpstreamError
 */
export async function streamRest(call: MethodCall, ctx: BrokerContext): Promise<StreamedResult> {
  const plan = planOf(call);
  const request = buildRequest(compilePlan(plan), call.input, call.keys);
  return await openAnswer(plan, request, await ctx.http.send(request), call.input);
}

/** A method's binding is the plan that discovery wrote. */
export function planOf({ method }: MethodCall): RequestPlan {
  return method.binding as RequestPlan;
}
