import { ConfigurationError, UpstreamError } from '../../config/model/errors.js';
import type { Broker, Checkable, Previewable, PushesRange, Streaming } from '../broker.js';
import { executeSharePoint, previewSharePoint, streamSharePoint } from './execute/execute.js';
import { pushRange } from './execute/list-items.js';
import { type SharePointKeys, sharePointKeys, siteUrlOf } from './keys.js';
import { Site } from './site/site.js';

/** Sites of SharePoint Online and SharePoint Server: their lists, libraries, people and search. */
export const sharePointBroker: Broker<SharePointKeys> &
  Checkable<SharePointKeys> &
  Previewable<SharePointKeys> &
  PushesRange<SharePointKeys> &
  Streaming<SharePointKeys> = {
  type: 'sharepoint',
  displayName: 'SharePoint',
  description: 'A site of SharePoint Online or SharePoint Server: its lists, libraries and people.',
  keys: sharePointKeys,
  describe: async (keys, ctx) => (await import('./describe/describe.js')).describeSharePoint(keys, ctx),
  execute: executeSharePoint,
  stream: streamSharePoint,
  pushRange,
  preview: previewSharePoint,
  async check(keys, ctx) {
    try {
      await new Site(keys, ctx).done({ method: 'GET', path: '_api/web?$select=Id' });
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      const message = `The site ${siteUrlOf(keys)} cannot be read: ${error.message}`;
      throw new ConfigurationError('DESCRIPTOR_UNAVAILABLE', message, { cause: error });
    }
  },
};

export type { SharePointKeys } from './keys.js';
