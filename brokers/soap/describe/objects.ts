import { dataTypeOf, plainSchema } from '../../../config/model/data-type.js';
import type { JsonSchema, JsonSchemaObject, TypeMap } from '../../../config/model/json-schema.js';
import { pascalCase, toDisplayName, UniqueNames } from '../../../config/model/names.js';
import type { MethodKind, ObjectProperty, ServiceMethod, ServiceObject } from '../../../config/model/service-object.js';
import type { GivenNames } from '../../broker.js';
import { HEADERS } from '../wsdl/messages.js';
import type { OperationDraft } from './draft.js';
import { isList, resultOf } from './result.js';
import { type Reading, readName } from './words.js';

interface Named {
  readonly draft: OperationDraft;
  readonly reading: Reading | undefined;
  /** Identifies the operation: overloads are told apart by their messages. */
  readonly id: string;
}

/** What names are to hold beside the thing's own. Default: nothing. */
export interface Naming {
  /** Display names of properties end with the type. */
  readonly propertyTypes?: boolean | undefined;
  /** Names of methods begin with the port type's. */
  readonly fullMethodNames?: boolean | undefined;
}

/**
 * Groups operations as a designer looks for them: those that read, list, create, change and delete one kind of thing are together
 * under its name, where there are at least two; the others are under the service's name.
 */
export function groupDrafts(
  drafts: readonly OperationDraft[],
  types: TypeMap,
  given: GivenNames = new Map(),
  naming: Naming = {},
): ServiceObject[] {
  const named = drafts.map(
    (draft): Named => ({ draft, reading: readName(draft.operation.name), id: identify(draft, drafts) }),
  );
  const objectOf = placeAll(named, given);
  const groups = new Map<string, Named[]>();
  for (const one of named) {
    const object = objectOf(one);
    groups.set(object, [...(groups.get(object) ?? []), one]);
  }
  return [...groups].map(([name, members]) => serviceObject(name, members, types, { given, naming }));
}

function identify({ operation, port }: OperationDraft, all: readonly OperationDraft[]): string {
  const id = `${port.service}.${port.port}.${operation.name}`;
  const overloaded = all.filter((other) => other.port === port && other.operation.name === operation.name).length > 1;
  return overloaded ? `${id}(${operation.input.message.name.name})` : id;
}

/** Names of objects: a thing's, or the service's. */
function placeAll(named: readonly Named[], given: GivenNames): (one: Named) => string {
  const counts = new Map<string, number>();
  for (const { reading } of named) {
    const thing = reading?.thing;
    if (thing !== undefined) counts.set(key(thing), (counts.get(key(thing)) ?? 0) + 1);
  }
  const kept = new Set([...given.values()].map(({ serviceObject }) => key(serviceObject)));
  return ({ draft, reading, id }) => {
    const before = given.get(id)?.serviceObject;
    if (before !== undefined) return before;
    const thing = reading?.thing;
    if (thing !== undefined && ((counts.get(key(thing)) ?? 0) > 1 || kept.has(key(thing)))) return pascalCase(thing);
    return serviceName(draft);
  };
}

const key = (name: string): string => pascalCase(name).toLowerCase();

/** The port type's name without what frameworks put around it: `ICustomerService` and `CustomerServiceSoap` are *CustomerService*. */
function serviceName({ port }: OperationDraft): string {
  const { name } = port.portType.name;
  const plain = name
    .replace(/(?:Soap1?2?|PortType|Port|_?Interface|_?Binding)$/i, '')
    .replace(/^I(?=\p{Lu}\p{Ll})/u, '');
  return pascalCase(plain === '' ? name : plain);
}

function serviceObject(
  name: string,
  members: readonly Named[],
  types: TypeMap,
  { given, naming }: { readonly given: GivenNames; readonly naming: Naming },
): ServiceObject {
  const names = new UniqueNames(members.flatMap(({ id }) => given.get(id)?.method ?? []));
  const methods = members.map((one) => {
    const { operation, port } = one.draft;
    const full = naming.fullMethodNames === true ? `${port.portType.name.name}.${operation.name}` : undefined;
    const systemName = given.get(one.id)?.method ?? names.take(pascalCase(full ?? operation.name));
    return method(one, types, systemName, full ?? toDisplayName(operation.name));
  });
  const documentation = members[0]?.draft.port.documentation;
  return {
    name,
    displayName: toDisplayName(name),
    ...(documentation === undefined ? {} : { description: documentation }),
    properties: propertiesOf(methods, types, naming),
    methods,
  };
}

function method({ draft, reading, id }: Named, types: TypeMap, name: string, displayName: string): ServiceMethod {
  const { operation, plan, input, output, errors } = draft;
  const result = output === undefined ? undefined : resultOf(output, types);
  const nothing = result === undefined || isEmpty(result.schema, types);
  const kind = kindOf(reading, result?.schema);
  const binding =
    plan.output === undefined ? plan : { ...plan, output: { ...plan.output, result: result?.path ?? [] } };
  const schema = result?.schema ?? false;
  return {
    name,
    displayName,
    ...(operation.documentation === undefined ? {} : { description: operation.documentation }),
    kind,
    input,
    output: nothing ? false : kind === 'list' && isList(schema) ? (schema.items ?? true) : schema,
    ...(errors.length === 0 ? {} : { errors }),
    origin: { operation: id, id: operation.name },
    binding,
  };
}

/** What the name says, as far as the result bears it out. */
function kindOf(reading: Reading | undefined, result: JsonSchema | undefined): MethodKind {
  if (reading === undefined) return 'execute';
  const list = result !== undefined && isList(result);
  if (reading.kind === 'read' || reading.kind === 'list') {
    if (result === undefined) return 'execute';
    return list ? 'list' : 'read';
  }
  return reading.kind;
}

function isEmpty(schema: JsonSchema, types: TypeMap): boolean {
  if (typeof schema === 'boolean') return !schema;
  const plain = plainSchema(schema, types);
  return (
    plain?.type === 'object' && Object.keys(plain.properties ?? {}).length === 0 && plain.additionalProperties === false
  );
}

/** The properties of the thing itself: those of what its methods read and list. */
function propertiesOf(methods: readonly ServiceMethod[], types: TypeMap, { propertyTypes }: Naming): ObjectProperty[] {
  const properties = new Map<string, ObjectProperty>();
  const readers = methods.filter(({ kind }) => kind === 'read' || kind === 'list');
  for (const { output } of readers.length > 0 ? readers : methods) {
    const object: JsonSchemaObject | undefined = plainSchema(output, types);
    for (const [name, schema] of Object.entries(object?.properties ?? {})) {
      if (name === HEADERS || name.startsWith('$') || properties.has(name)) continue;
      const description = typeof schema === 'object' ? schema.description : undefined;
      const displayName = toDisplayName(name);
      properties.set(name, {
        name,
        displayName: propertyTypes === true ? `${displayName} (${dataTypeOf(schema, types)})` : displayName,
        ...(description === undefined ? {} : { description }),
        schema,
      });
    }
  }
  return [...properties.values()];
}
