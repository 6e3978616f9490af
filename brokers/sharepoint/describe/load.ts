import { CallerError, ConfigurationError, isSmartwrightError } from '../../../config/model/errors.js';
import type { BrokerContext } from '../../broker.js';
import type { Findings } from '../../source/index.js';
import { type SharePointKeys, siteUrlOf } from '../keys.js';
import { jsonOrText, skipTokenOf } from '../odata/answer.js';
import { MOST_PARTS } from '../odata/batch.js';
import { encoded } from '../odata/literal.js';
import { errorIn } from '../site/fault.js';
import { Site, type SiteRequest } from '../site/site.js';
import {
  type ContentTypeFacts,
  type FieldFacts,
  type ListFacts,
  readContentTypes,
  readFields,
  readLists,
  readTimeZone,
  readViews,
  readWeb,
  type ViewFacts,
  type WebFacts,
} from './facts.js';

/** A list with all that is known of it. */
export interface LoadedList extends ListFacts {
  readonly fields: readonly FieldFacts[];
  readonly types: readonly ContentTypeFacts[];
  readonly views: readonly ViewFacts[];
}

/** Batches that are on their way at once. */
const AT_ONCE = 4;

/** Lists of a site that are read at most. */
const MOST_LISTS = 20_000;

const get = (path: string): SiteRequest => ({ method: 'GET', path });

const LISTS =
  '_api/web/lists?$select=Id,Title,Description,BaseType,BaseTemplate,Hidden,IsCatalog,EnableAttachments,ContentTypesEnabled,' +
  'EnableModeration,EnableVersioning,RootFolder/ServerRelativeUrl&$expand=RootFolder&$top=5000';
const TIME_ZONE = '_api/web/RegionalSettings/TimeZone';

/** Asks a site for itself and its lists. */
export class SiteReader {
  readonly #site: Site;
  readonly #findings: Findings;

  constructor(keys: SharePointKeys, ctx: BrokerContext, findings: Findings) {
    this.#site = new Site(keys, ctx);
    this.#findings = findings;
    this.#url = siteUrlOf(keys);
  }
  readonly #url: string;

  /** @throws ConfigurationError DESCRIPTOR_UNAVAILABLE, DESCRIPTOR_INVALID */
  async open(): Promise<{ readonly web: WebFacts; readonly timeZone: string; readonly lists: readonly ListFacts[] }> {
    const [web, zone, first] = await this.#answers([get('_api/web?$select=Id,Title,Url'), get(TIME_ZONE), get(LISTS)]);
    const read = web === undefined ? undefined : readWeb(web);
    if (read === undefined) throw this.#noSite('its answer to _api/web is none of SharePoint');
    const timeZone = zone === undefined ? undefined : readTimeZone(zone);
    if (timeZone === undefined) {
      const message = 'The time zone of the site cannot be read; days of dates are those of UTC.';
      this.#findings.warn('TIME_ZONE_UNKNOWN', message, { location: TIME_ZONE });
    }
    if (first === undefined) throw this.#noSite('its lists cannot be read');
    return { web: read, timeZone: timeZone ?? 'UTC', lists: await this.#allLists(first) };
  }

  /** Columns, content types and views, a hundred answers a request. Lists whose columns may not be seen are left out. */
  async load(lists: readonly ListFacts[]): Promise<LoadedList[]> {
    const requests = lists.flatMap((list): SiteRequest[] => {
      const path = `_api/web/lists(guid'${list.id}')`;
      return [
        get(`${path}/fields`),
        get(
          `${path}/contenttypes?$expand=Fields&$select=StringId,Name,Description,Fields/InternalName,Fields/Required`,
        ),
        get(`${path}/views?$select=Title,ViewQuery,Hidden,PersonalView`),
      ].map((request) => ({ ...request, about: { list: list.title } }));
    });
    // Content types are of interest only where a list has more than one.
    const wanted = requests.filter(
      (_, index) => index % 3 !== 1 || lists[Math.floor(index / 3)]?.contentTypes === true,
    );
    const answers = new Map<SiteRequest, unknown>();
    const chunks = Array.from({ length: Math.ceil(wanted.length / MOST_PARTS) }, (_, index) =>
      wanted.slice(index * MOST_PARTS, (index + 1) * MOST_PARTS),
    );
    let next = 0;
    const work = async (): Promise<void> => {
      for (let chunk = chunks[next++]; chunk !== undefined; chunk = chunks[next++]) {
        const read = await this.#answers(chunk);
        chunk.forEach((request, index) => {
          answers.set(request, read[index]);
        });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return lists.flatMap((list, index): LoadedList[] => {
      const [fields, types, views] = requests.slice(index * 3, index * 3 + 3).map((request) => answers.get(request));
      if (fields === undefined) return [];
      return [{ ...list, fields: readFields(fields), types: readContentTypes(types), views: readViews(views) }];
    });
  }

  async #allLists(first: unknown): Promise<readonly ListFacts[]> {
    const lists = readLists(first);
    const seen = new Set<string>();
    let answer = first;
    for (let token = skipTokenOf(answer); token !== undefined; token = skipTokenOf(answer)) {
      if (seen.has(token) || lists.length > MOST_LISTS) break;
      seen.add(token);
      answer = (await this.#answers([get(`${LISTS}&$skiptoken=${encoded(token, '$skiptoken')}`)]))[0];
      for (const list of readLists(answer)) lists.push(list);
    }
    return lists;
  }

  /** The answers of a batch; undefined, with a finding, for what is refused. */
  async #answers(requests: readonly SiteRequest[]): Promise<readonly unknown[]> {
    try {
      const answers = await this.#site.batch(requests);
      return answers.map((answer, index) => {
        const request = requests[index];
        if (request === undefined) return undefined;
        if (answer.status < 300) return this.#site.parse(answer.body, request);
        const { code } = errorIn(jsonOrText(answer.body));
        const about = request.about?.list === undefined ? '' : ` of the list "${request.about.list}"`;
        const what = request.path.replace(/\?.*$/s, '').replace(/^.*\//s, '');
        const message = `The ${what}${about} cannot be read: SharePoint answered ${answer.status}${code === '' ? '' : ` (${code.slice(0, 200)})`}.`;
        const where = { location: request.path.replace(/\?.*$/s, '') };
        if (what === 'fields' || what === 'web') this.#findings.skip('LIST_REFUSED', message, where);
        else this.#findings.warn('PART_REFUSED', message, where);
        return undefined;
      });
    } catch (error) {
      if (error instanceof CallerError && error.code === 'CANCELLED') throw error;
      if (!isSmartwrightError(error) || error instanceof ConfigurationError) throw error;
      if (!error.code.startsWith('UPSTREAM_')) throw error;
      if (error.code === 'UPSTREAM_UNREADABLE') throw this.#noSite('what it answers is none of SharePoint', error);
      throw new ConfigurationError('DESCRIPTOR_UNAVAILABLE', `The site ${this.#url} cannot be read: ${error.message}`, {
        cause: error,
      });
    }
  }

  #noSite(reason: string, cause?: unknown): ConfigurationError {
    const message = `${this.#url} is no SharePoint site: ${reason}. The Site URL is that of a site, not of a list or page.`;
    return new ConfigurationError('DESCRIPTOR_INVALID', message, { cause });
  }
}
