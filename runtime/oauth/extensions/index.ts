/** The extensions that come with Smartwright. */
import type { OAuthExtension } from './extension.js';

export const builtInExtensions: ReadonlyMap<string, OAuthExtension> = new Map();
