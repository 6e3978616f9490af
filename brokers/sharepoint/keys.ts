import type { JsonSchemaObject } from '../../config/model/json-schema.js';
import type { ServiceKeys } from '../broker.js';

/** The service keys of the SharePoint broker, after validation. */
export interface SharePointKeys extends ServiceKeys {
  readonly siteUrl: string;
  readonly useInternalFieldNames?: boolean;
  readonly includeHiddenLists?: boolean;
  readonly listFilter?: string;
  /** Documents in a page of a library. */
  readonly throttleDocuments?: number;
  readonly defaultLocaleId?: number;
  readonly termStoreId?: string;
  /** Seconds. */
  readonly timeout?: number;
}

/** The service keys, by the names that K2 has for them. */
export const sharePointKeys = {
  type: 'object',
  properties: {
    siteUrl: {
      type: 'string',
      title: 'Site URL',
      description: 'The site, such as https://contoso.sharepoint.com/sites/sales.',
      format: 'uri',
      pattern: '^[Hh][Tt][Tt][Pp][Ss]?://[^/?#]+(/[^?#]*)?$',
    },
    useInternalFieldNames: {
      type: 'boolean',
      title: 'Use Internal Field Names',
      description:
        'Whether properties have the internal names of their columns, which stay when a column is renamed; otherwise the names that people read.',
      default: false,
    },
    includeHiddenLists: {
      type: 'boolean',
      title: 'Include Hidden Lists',
      description: 'Whether lists and libraries that the site hides are taken too.',
      default: false,
    },
    listFilter: {
      type: 'string',
      title: 'Lists',
      description:
        'The lists and libraries that are taken, by title, separated by commas or lines; * stands for any text. Default: all.',
    },
    throttleDocuments: {
      type: 'integer',
      title: 'Throttle Documents',
      description: 'How many documents of a library are asked for at a time.',
      minimum: 1,
      maximum: 5000,
      default: 50,
    },
    defaultLocaleId: {
      type: 'integer',
      title: 'Default Locale Id',
      description: 'The language of searches, as a Windows locale identifier; 1033 is English (United States).',
      minimum: 1,
      maximum: 0xfffff,
      default: 1033,
    },
    termStoreId: {
      type: 'string',
      title: 'Term Store ID',
      description: 'The term store of managed metadata. Default: that of the site collection.',
      format: 'uuid',
    },
    timeout: {
      type: 'number',
      title: 'Timeout',
      description: 'Seconds until an answer must be there, waiting for a busy site included.',
      exclusiveMinimum: 0,
      maximum: 3600,
      default: 100,
    },
  },
  required: ['siteUrl'],
  additionalProperties: false,
} satisfies JsonSchemaObject;

/** The site's URL without a slash at its end. */
export function siteUrlOf({ siteUrl }: SharePointKeys): string {
  return siteUrl.trim().replace(/\/+$/, '');
}

/** The site's path on its host, such as `/sites/sales`; empty for the root site. */
export function sitePathOf(keys: SharePointKeys): string {
  return decodeURIComponent(new URL(siteUrlOf(keys)).pathname).replace(/\/+$/, '');
}
