import { mapSchema, mapTypes } from '../../config/model/map-schema.js';
import { toDisplayName } from '../../config/model/names.js';
import type { Overlay } from '../../config/model/overlay.js';
import type { ObjectProperty, ServiceMethod, ServiceObject } from '../../config/model/service-object.js';
import { objectNameIn, type Placed, placeMethods } from './place-methods.js';
import { type Redirect, redirection } from './redirection.js';
import type { WorkingCopy } from './working-copy.js';

/** Gives objects and methods the names that an overlay has for them, and puts them together. Changes the copy's types. */
export function assemble(copy: WorkingCopy, overlay: Overlay): ServiceObject[] {
  const placed = placeMethods(copy, overlay);
  const redirect = redirection(placed);
  if (redirect !== undefined) Object.assign(copy.types, mapTypes(copy.types, redirect));
  const members = new Map<string, Placed[]>();
  for (const one of placed) {
    const group = members.get(one.object);
    if (group) group.push(one);
    else members.set(one.object, [one]);
  }
  return [...members].map(([name, methods]) => {
    const heads = headsOf(copy, name, overlay);
    return {
      displayName: toDisplayName(name),
      ...heads[0],
      name,
      properties: union(heads.flatMap(({ properties }) => properties)).map((property) =>
        redirect === undefined ? property : { ...property, schema: mapSchema(property.schema, redirect) },
      ),
      methods: methods.map((one) => methodOf(one, redirect)),
    };
  });
}

type Head = Omit<ServiceObject, 'methods'>;

/** The discovered objects that become the one of a name, its namesake first. */
function headsOf(copy: WorkingCopy, name: string, overlay: Overlay): Head[] {
  return [...copy.objects.values()]
    .filter((one) => objectNameIn(overlay, one.name) === name)
    .toSorted((a, b) => Number(b.name === name) - Number(a.name === name))
    .map(({ name: former, object }) => ({ ...object, displayName: follow(object.displayName, former, name) }));
}

/** A display name that only repeats the system name changes with it. */
const follow = (displayName: string, former: string, name: string): string =>
  former !== name && displayName === toDisplayName(former) ? toDisplayName(name) : displayName;

/** Of properties with one name the first. */
function union(properties: readonly ObjectProperty[]): ObjectProperty[] {
  const first = new Map<string, ObjectProperty>();
  for (const property of properties) if (!first.has(property.name)) first.set(property.name, property);
  return [...first.values()];
}

function methodOf({ working, object, name }: Placed, redirect: Redirect | undefined): ServiceMethod {
  const { method } = working;
  const { origin } = method;
  const moved = object !== working.object || name !== working.name;
  const named = { serviceObject: working.object, method: working.name };
  return {
    ...method,
    name,
    displayName: follow(method.displayName, working.name, name),
    ...(origin === undefined || !moved ? {} : { origin: { ...origin, named } }),
    ...(redirect === undefined
      ? {}
      : { input: mapSchema(method.input, redirect), output: mapSchema(method.output, redirect) }),
  };
}
