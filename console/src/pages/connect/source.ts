import { ask, type Schemas } from '../../api/client.ts';
import { Problem, ServerAway } from '../../api/problem.ts';

/** How a person gives a description: its address, a file, or its text. */
export const sources = ['address', 'file', 'text'] as const;
export type Source = (typeof sources)[number];

/** Has the server keep a description, and gives the path for the service key. @throws Problem PAYLOAD_TOO_LARGE */
export async function keptDescriptor(content: File | string | null, signal: AbortSignal): Promise<string> {
  const kept = await ask<Schemas['KeptDescriptor']>(send(content ?? '', signal));
  return kept.descriptor;
}

/** The typed client makes JSON of a body; this one is bytes as they are. */
async function send(body: File | string, signal: AbortSignal) {
  const headers = { 'content-type': 'application/octet-stream' };
  const response = await fetch('/api/descriptors', { method: 'POST', body, headers, signal });
  const answer: unknown = await response.json().catch((cause: unknown) => {
    throw new ServerAway(cause);
  });
  if (!response.ok) throw new Problem(answer as Schemas['Problem'], response.headers);
  return { data: answer as Schemas['KeptDescriptor'], response };
}
