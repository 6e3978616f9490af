/** The extensions that come with Smartwright. */
import type { OAuthExtension } from './extension.js';
import { sharePointServer } from './sharepoint-server/index.js';

export type * from './extension.js';

export const builtInExtensions: ReadonlyMap<string, OAuthExtension> = new Map(
  [sharePointServer].map((extension) => [extension.name, extension]),
);
