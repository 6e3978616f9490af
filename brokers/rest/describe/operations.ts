import {
  type Documents,
  isRawObject,
  type Located,
  locationOf,
  pointerTo,
  type RawObject,
  rawObject,
  type Site,
} from '../load/index.js';
import { type Resource, resourceOf } from './resource.js';

/** One operation of a descriptor. */
export interface Operation {
  /** Upper case. */
  readonly verb: string;
  /** The path template as it is written. */
  readonly path: string;
  /** What the path says that it works on. */
  readonly resource: Resource;
  readonly raw: RawObject;
  readonly site: Site;
  readonly pathItem: RawObject;
  readonly pathItemSite: Site;
  /** `GET /contacts/{id}`, for diagnostics. */
  readonly label: string;
}

const VERBS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'] as const;

/** All operations under `paths`, in the document's order. What cannot be read becomes a diagnostic. */
export function operationsOf(documents: Documents): Operation[] {
  const { descriptor, rootSite, findings } = documents;
  const operations: Operation[] = [];
  for (const key of ['paths', 'x-ms-paths']) {
    const place = { ...rootSite, pointer: `/${key}` };
    const paths = documents.follow({ value: descriptor[key], site: place });
    for (const [path, value] of Object.entries(rawObject(paths?.value))) {
      if (!path.startsWith('/')) {
        if (!path.startsWith('x-'))
          findings.warn('PATH_INVALID', `"${path}" is no path; it must start with "/".`, {
            location: locationOf(place),
          });
        if (path.startsWith('x-') || !isRawObject(value)) continue;
      }
      const site = { ...(paths?.site ?? place), pointer: pointerTo(paths?.site.pointer ?? place.pointer, path) };
      const item = pathItemOf(documents, { value, site }, path);
      if (item) operations.push(...ofPathItem(documents, item, path.startsWith('/') ? path : `/${path}`));
    }
  }
  return operations;
}

function pathItemOf(documents: Documents, located: Located, path: string): Located | undefined {
  const item = documents.follow(located);
  if (item !== undefined && isRawObject(item.value)) {
    const own = rawObject(located.value);
    // Siblings of a path item's `$ref` are allowed; the item's own win (OpenAPI 3.1 §4.8.9).
    return own === item.value || Object.keys(own).length < 2
      ? item
      : { value: { ...item.value, ...own, $ref: undefined }, site: item.site };
  }
  const what = item === undefined ? 'its reference leads nowhere' : 'it is no object';
  documents.findings.skip('PATH_UNREADABLE', `The operations of ${path} cannot be read: ${what}.`, {
    operation: path,
    location: locationOf(located.site),
  });
  return undefined;
}

function ofPathItem(documents: Documents, item: Located, path: string): Operation[] {
  const pathItem = rawObject(item.value);
  const resource = resourceOf(path);
  const found: Operation[] = [];
  const add = (verb: string, value: unknown, pointer: string) => {
    if (value === undefined) return;
    const label = `${verb} ${path}`;
    const site = { ...item.site, pointer };
    const operation = documents.follow({ value, site }, label);
    if (operation === undefined || !isRawObject(operation.value)) {
      documents.findings.skip('OPERATION_UNREADABLE', `${label} is no operation object.`, {
        operation: label,
        location: locationOf(site),
      });
      return;
    }
    const { value: raw, site: ownSite } = operation;
    found.push({ verb, path, resource, raw, site: ownSite, pathItem, pathItemSite: item.site, label });
  };
  for (const verb of VERBS) add(verb.toUpperCase(), pathItem[verb], pointerTo(item.site.pointer, verb));
  for (const [verb, value] of Object.entries(rawObject(pathItem.additionalOperations))) {
    add(verb, value, pointerTo(pointerTo(item.site.pointer, 'additionalOperations'), verb));
  }
  return found;
}

/** How many operations the descriptor declares, readable or not. */
export function countOperations(documents: Documents, read: number): number {
  return read + documents.findings.list().filter((finding) => OPERATIONS_LOST.has(finding.code)).length;
}

const OPERATIONS_LOST = new Set(['PATH_UNREADABLE', 'OPERATION_UNREADABLE']);
