import type { ServerParts } from '../parts.js';
import type { Route } from '../route.js';
import { sendConsolePage } from './page.js';

/**
 * A method as a form, which pages of the allowed origins may show in a frame. Anyone may load it: it asks for a sign-in itself,
 * in a window of its own, for the sign-in page is never framed.
 */
export function formPageRoutes({ runtime: { settings } }: Pick<ServerParts, 'runtime'>): Route[] {
  return [
    {
      verb: 'get',
      path: '/forms/{object}/{method}',
      access: 'anyone',
      handle: (_request, response) => sendConsolePage(response, ["'self'", ...settings.allowedOrigins]),
    },
  ];
}
