import { useEffect, useRef, useState } from 'react';
import { webAddress } from './web-address.ts';

/**
 * Where a consent stands: `waiting` for the person in the other window; `blocked`, the browser let no window open; `left`, the window
 * was closed and no consent was told of.
 */
export type ConsentState = 'idle' | 'waiting' | 'blocked' | 'left' | 'given';

export interface Consent {
  readonly state: ConsentState;
  /** Opens the provider in a window of its own. Call it while a press of a button is handled: browsers block it otherwise. */
  readonly open: (authorizationUrl: string) => void;
}

/** Milliseconds between two looks at whether the window is still there. */
const LOOK = 700;

/** A consent in a window of its own, which tells this page when it was given. */
export function useConsent(onGiven: () => unknown): Consent {
  const [state, setState] = useState<ConsentState>('idle');
  const given = useRef(onGiven);
  const opened = useRef<Window>(undefined);
  given.current = onGiven;

  useEffect(() => {
    // A window that has told of a consent and closed may be seen closed before its message is read.
    if (state !== 'waiting' && state !== 'left') return;
    const listen = ({ origin, data }: MessageEvent): void => {
      const message: unknown = data;
      if (origin !== location.origin || typeof message !== 'object' || message === null) return;
      if (!('type' in message) || message.type !== 'smartwright:authorized') return;
      setState('given');
      opened.current?.close();
      given.current();
    };
    const timer = setInterval(() => {
      if (opened.current?.closed === true) setState('left');
    }, LOOK);
    window.addEventListener('message', listen);
    return () => {
      clearInterval(timer);
      window.removeEventListener('message', listen);
    };
  }, [state]);

  return {
    state,
    open(authorizationUrl) {
      const address = webAddress(authorizationUrl);
      if (address === undefined) return setState('blocked');
      const url = new URL(address);
      url.searchParams.set('origin', location.origin);
      const popup = window.open(url, 'smartwright-consent', 'popup,width=520,height=720');
      opened.current = popup ?? undefined;
      setState(popup === null ? 'blocked' : 'waiting');
    },
  };
}
