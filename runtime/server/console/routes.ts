import type { Request } from 'express';
import { CallerError } from '../../../config/model/errors.js';
import type { Route } from '../route.js';
import { consoleAsset } from './assets.js';
import { sendConsolePage } from './page.js';

/** A year, the longest that RFC 9111 §5.2.2.1 caches keep: another content has another name. */
const forever = 'public, max-age=31536000, immutable';

/** The console: one page for all of its addresses, and the files that it loads. */
export function consoleRoutes(): Route[] {
  return [
    {
      verb: 'get',
      path: '/',
      access: 'anyone',
      handle: (_request, response) => response.redirect(303, '/console'),
    },
    {
      verb: 'get',
      path: '/console/assets/{file}',
      access: 'anyone',
      handle(request, response) {
        const name = fileIn(request);
        const asset = consoleAsset(name, request.get('accept-encoding'));
        if (asset === undefined) {
          throw new CallerError('NOT_FOUND', `The console has no file "${name.slice(0, 100)}". Load the page again.`);
        }
        response.setHeader('content-type', asset.mediaType);
        response.setHeader('cache-control', forever);
        response.setHeader('vary', 'accept-encoding');
        if (asset.encoding !== 'identity') response.setHeader('content-encoding', asset.encoding);
        response.setHeader('content-length', asset.content.length);
        response.end(request.method === 'HEAD' ? undefined : asset.content);
      },
    },
    {
      verb: 'get',
      path: '/console{/*path}',
      access: 'session',
      handle: (_request, response) => sendConsolePage(response),
    },
  ];
}

const fileIn = ({ params }: Request): string => String(params.file);
