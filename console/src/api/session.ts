import { isSignedOut } from './problem.ts';

/** Whether the session is known to be over; the shell then asks to sign in, without losing what the page holds. */
let over = false;
const listeners = new Set<() => void>();

export function reportFailure(error: unknown): void {
  if (isSignedOut(error)) setOver(true);
}

/** After somebody has signed in again in another tab. */
export const sessionIsBack = (): void => setOver(false);

function setOver(value: boolean): void {
  if (over === value) return;
  over = value;
  for (const listener of listeners) listener();
}

export const sessionState = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  isOver: (): boolean => over,
};
