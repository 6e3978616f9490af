import type { AuthorizationServer } from '../authorization-server/index.js';

/**
 * Runs something and tells what the token endpoint was asked meanwhile, as the authorization server counted it:
 * `1 × refresh_token`, or `nothing`.
 */
export async function tokenRequestsOf<T>(
  server: AuthorizationServer,
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly asked: string }> {
  const before = server.counts();
  const result = await work();
  const asked = Object.entries(server.counts())
    .map(([grant, count]) => [grant, count - (before[grant] ?? 0)] as const)
    .filter(([, count]) => count > 0)
    .map(([grant, count]) => `${count} × ${grant}`);
  return { result, asked: asked.join(', ') || 'nothing' };
}
