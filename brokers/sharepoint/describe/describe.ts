import type { TypeMap } from '../../../config/model/json-schema.js';
import { referencedTypes } from '../../../config/model/json-schema.js';
import { pascalCase, UniqueNames } from '../../../config/model/names.js';
import type { Description, ServiceObject } from '../../../config/model/service-object.js';
import type { BrokerContext, GivenNames } from '../../broker.js';
import { Findings } from '../../source/index.js';
import { sharedTypes } from '../columns/shared-types.js';
import { type SharePointKeys, siteUrlOf } from '../keys.js';
import type { ListPlan } from '../plan.js';
import { columnsOf } from './columns.js';
import type { ListFacts } from './facts.js';
import { operationOf } from './list-method.js';
import { listObject } from './list-object.js';
import { type LoadedList, SiteReader } from './load.js';
import { siteObject } from './site-object.js';
import { wantedLists } from './wanted-lists.js';

/**
 * Describes a site: its lists and libraries, and itself.
 *
 * @throws ConfigurationError DESCRIPTOR_UNAVAILABLE, DESCRIPTOR_INVALID, ADDRESS_REFUSED
 * @throws CallerError CANCELLED
 */
export async function describeSharePoint(keys: SharePointKeys, ctx: BrokerContext): Promise<Description> {
  const findings = new Findings();
  const reader = new SiteReader(keys, ctx, findings);
  const { web, timeZone, lists } = await reader.open();
  const chosen = wantedLists(lists, keys);
  const given = ctx.names ?? new Map();
  const names = objectNames(chosen, given);
  const objects = ctx.objects?.map((name) => name.toLowerCase());
  const isWanted = (name: string): boolean => objects === undefined || objects.includes(name.toLowerCase());
  const loaded = await reader.load(chosen.filter(({ id }) => isWanted(names.get(id) ?? '')));
  const types: TypeMap = {};
  const typeNames = new UniqueNames(Object.keys(sharedTypes));
  const described = loaded.map((list): ServiceObject => {
    const name = names.get(list.id) ?? pascalCase(list.title);
    const columns = columnsOf(list, keys.useInternalFieldNames === true, findings);
    return listObject({ list, name, columns, plan: planOf(list, timeZone), types, typeNames, given });
  });
  const site = given.get('site Read')?.serviceObject ?? SITE;
  const serviceObjects = [...(isWanted(site) ? [siteObject(site, keys)] : []), ...described];
  return {
    title: web.title,
    serviceObjects,
    types: { ...usedOf(serviceObjects, types), ...types },
    diagnostics: findings.list(),
    operations: serviceObjects.reduce((count, { methods }) => count + methods.length, 0),
    hosts: [new URL(siteUrlOf(keys)).host],
  };
}

const SITE = 'Site';

/** Names of the lists' objects by their ids: a list keeps the one that it had, whatever its title is now. */
function objectNames(lists: readonly ListFacts[], given: GivenNames): ReadonlyMap<string, string> {
  const former = new Map(
    lists.flatMap((list): [string, string][] => {
      const known = given.get(operationOf(list, 'List'))?.serviceObject;
      return known === undefined ? [] : [[list.id, known]];
    }),
  );
  const names = new UniqueNames([SITE, ...former.values()]);
  return new Map(lists.map(({ id, title }) => [id, former.get(id) ?? names.take(pascalCase(title))]));
}

function planOf(list: LoadedList, timeZone: string): ListPlan {
  const hasTermLabels = list.fields.some(({ internal }) => internal === 'TaxCatchAll');
  return {
    id: list.id,
    title: list.title,
    ...(list.isLibrary ? { library: true } : {}),
    root: list.root,
    timeZone,
    ...(hasTermLabels && list.fields.some(({ type }) => type === 'TaxonomyFieldType') ? { termLabels: true } : {}),
  };
}

/** The shared types that something refers to. */
function usedOf(objects: readonly ServiceObject[], types: TypeMap): TypeMap {
  const used = new Set<string>();
  const look = (schema: TypeMap[string]): void => {
    for (const name of referencedTypes(schema)) used.add(name);
  };
  for (const schema of Object.values(types)) look(schema);
  for (const { methods } of objects) {
    for (const { input, output } of methods) {
      look(input);
      look(output);
    }
  }
  return Object.fromEntries(Object.entries(sharedTypes).filter(([name]) => used.has(name)));
}
