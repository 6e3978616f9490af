import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { smartMethodEntryEntity, smartObjectEntity } from '../entities/smart-object.js';
import type { Facet, Facets, Found, MethodEntry, Page, SmartSearch } from '../smart-object-search.js';
import type { SmartObjectSummary } from '../store.js';
import { readCursor, writeCursor } from './cursor.js';
import { entryOf, summaryOf } from './rows.js';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;
/** Words of a search that count; each is one more look at every row. */
const MOST_WORDS = 8;

export async function findMethods(manager: EntityManager, page: Page): Promise<Found<MethodEntry>> {
  const query = manager.createQueryBuilder(smartMethodEntryEntity, 'method');
  matching(query, 'method', page);
  const total = await query.getCount();
  if (page.after !== undefined) {
    const [object, position] = readCursor(page.after);
    query.andWhere('(method.object_name, method.position) > (:object, :position)', { object, position });
  }
  query.orderBy('method.object', 'ASC').addOrderBy('method.position', 'ASC');
  const { rows, last } = await cut(query, page);
  const next = last && writeCursor(last.object, last.position);
  return { items: rows.map(entryOf), total, ...(next !== undefined && { next }) };
}

export async function findObjects(manager: EntityManager, page: Page): Promise<Found<SmartObjectSummary>> {
  const { category, instance, kind, search } = page;
  const query = manager.createQueryBuilder(smartObjectEntity, 'object');
  withWords(query, 'object', search);
  if (instance !== undefined) query.andWhere('object.instance = :instance', { instance });
  if (category !== undefined || kind !== undefined) {
    const methods = query.subQuery().select('1').from(smartMethodEntryEntity, 'method');
    methods.where('method.object_name = object.name');
    matching(methods, 'method', { ...(category !== undefined && { category }), ...(kind !== undefined && { kind }) });
    query.andWhere(`EXISTS ${methods.getQuery()}`).setParameters(methods.getParameters());
  }
  const total = await query.getCount();
  if (page.after !== undefined) query.andWhere('object.name > :after', { after: readCursor(page.after)[0] });
  query.orderBy('object.name', 'ASC');
  const { rows, last } = await cut(query, page);
  const next = last && writeCursor(last.name, 0);
  return { items: rows.map(summaryOf), total, ...(next !== undefined && { next }) };
}

export async function methodFacets(manager: EntityManager): Promise<Facets> {
  const facet = async (column: string): Promise<Facet[]> => {
    const query = manager.createQueryBuilder(smartMethodEntryEntity, 'method');
    query.select(`method.${column}`, 'value').addSelect('COUNT(*)', 'methods');
    const rows = await query.groupBy(`method.${column}`).orderBy(`method.${column}`).getRawMany<Facet>();
    return rows.map(({ value, methods }) => ({ value, methods: Number(methods) }));
  };
  return { categories: await facet('category'), instances: await facet('instance'), kinds: await facet('kind') };
}

/** One row more than wanted is read: it tells whether there is another page, and is the proof that `last` is not the end. */
async function cut<R extends ObjectLiteral>(
  query: SelectQueryBuilder<R>,
  { limit = DEFAULT_LIMIT, offset = 0, after }: Page,
): Promise<{ rows: R[]; last: R | undefined }> {
  const wanted = Math.min(Math.max(limit, 1), MAX_LIMIT);
  query.limit(wanted + 1);
  if (after === undefined && offset > 0) query.offset(offset);
  const rows = await query.getMany();
  return rows.length > wanted ? { rows: rows.slice(0, wanted), last: rows[wanted - 1] } : { rows, last: undefined };
}

function matching<R extends ObjectLiteral>(
  query: SelectQueryBuilder<R>,
  alias: string,
  { search, category, instance, kind }: SmartSearch,
): void {
  withWords(query, alias, search);
  if (instance !== undefined) query.andWhere(`${alias}.instance = :instance`, { instance });
  if (kind !== undefined) query.andWhere(`${alias}.kind = :kind`, { kind });
  if (category !== undefined) {
    const below = `${category}/`;
    // `substr` and not LIKE, which does not tell cases apart on SQLite.
    const isBelow = `substr(${alias}.category, 1, ${[...below].length}) = :below`;
    query.andWhere(`(${alias}.category = :category OR ${isBelow})`, { category, below });
  }
}

function withWords<R extends ObjectLiteral>(query: SelectQueryBuilder<R>, alias: string, search = ''): void {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
  for (const [index, word] of words.entries()) {
    query.andWhere(`${alias}.search LIKE :word${index} ESCAPE '!'`, { [`word${index}`]: `%${literal(word)}%` });
  }
}

/** Text in which LIKE finds no wildcards. */
const literal = (text: string): string => text.replace(/[!%_]/g, '!$&');
