/** What an embedded form tells the page around it. Never a value: the page learns that something was done, and asks for itself. */
export type HostMessage =
  | { readonly type: 'smartwright:height'; readonly height: number }
  | { readonly type: 'smartwright:done'; readonly object: string; readonly method: string };

/** Which page that is was decided by the server: only those of allowed origins get the form in a frame. */
export function tellHost(message: HostMessage): void {
  if (window.parent !== window) window.parent.postMessage(message, '*');
}
