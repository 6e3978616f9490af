import { setImmediate as nextTurn } from 'node:timers/promises';
import { CallerError } from '../../../config/model/errors.js';
import { reachableTypes } from '../../../config/model/reachable-types.js';
import type { Description } from '../../../config/model/service-object.js';
import type { BrokerContext } from '../../broker.js';
import { displayLocation } from '../../source/index.js';
import { compileKeys } from '../execute/keys.js';
import type { RestKeys } from '../keys.js';
import { Documents, locationOf, rawObject, rawText } from '../load/index.js';
import { Directions, Types } from '../types/index.js';
import { AnswerReader } from './answers.js';
import { type DraftTools, draftMethod, type MethodDraft } from './draft.js';
import { resolveDynamic } from './dynamic.js';
import { FormerNames } from './given-names.js';
import { groupOperations, serviceObjects } from './objects.js';
import { countOperations, type Operation, operationsOf } from './operations.js';
import { Parameters } from './parameters.js';
import { proposeSecurity } from './security.js';
import { Servers } from './servers.js';

/**
 * Describes the service of a Swagger 2.0 or OpenAPI 3.x document.
 *
 * @throws ConfigurationError DESCRIPTOR_UNAVAILABLE, DESCRIPTOR_INVALID, ADDRESS_REFUSED, KEYS_INVALID
 * @throws CallerError CANCELLED
 */
export async function describeRest(keys: RestKeys, context: BrokerContext): Promise<Description> {
  const { headers, server } = compileKeys(keys);
  const documents = await Documents.open(keys.descriptor, context, headers);
  const types = new Types(documents);
  const servers = new Servers(documents);
  const operations = operationsOf(documents);
  const former = new FormerNames(
    context.names,
    operations.map(({ label }) => label),
  );
  const groups = groupOperations(operations, documents, former).filter(({ name }) => isWanted(name, context.objects));
  const grouped = new Set(groups.flatMap((group) => group.operations));
  const wanted = operations.filter((operation) => grouped.has(operation));
  const drafts = await draftAll(documents, types, servers, wanted, context.signal);
  const neutral = types.all();
  const directions = new Directions(neutral, (name) => types.deriveName(name, 'Input'));
  const lookup = (name: string) => neutral[name];
  const objects = serviceObjects(groups, drafts, { documents, directions, lookup, former });
  const found = { serviceObjects: objects, types: reachableTypes(objects, directions.types) };
  warnEmpty(documents, operations.length, server, servers);
  const info = rawObject(documents.descriptor.info);
  const title = rawText(info.title);
  const version = info.version === undefined || info.version === null ? undefined : String(info.version);
  const security = proposeSecurity(documents);
  return {
    ...(title === undefined ? {} : { title }),
    ...(version === undefined ? {} : { version }),
    // Of some objects only, others may give the choices; nobody asks for choices then.
    ...(context.objects === undefined ? resolveDynamic(found, documents) : found),
    diagnostics: documents.findings.list(),
    operations: countOperations(documents, operations.length),
    hosts: server === undefined ? servers.hosts : [new URL(server).host],
    ...(security.length > 0 ? { security } : {}),
  };
}

const isWanted = (name: string, objects: BrokerContext['objects']): boolean =>
  objects === undefined || objects.some((object) => object.toLowerCase() === name.toLowerCase());

/** Longest time without letting others run, in milliseconds. */
const TURN = 50;

async function draftAll(
  documents: Documents,
  types: Types,
  servers: Servers,
  operations: readonly Operation[],
  signal: AbortSignal,
): Promise<Map<Operation, MethodDraft>> {
  const tools: DraftTools = {
    types,
    servers,
    parameters: new Parameters(types),
    answers: new AnswerReader(types),
    isSecurity: securityTest(documents),
  };
  const drafts = new Map<Operation, MethodDraft>();
  let since = performance.now();
  for (const operation of operations) {
    if (performance.now() - since > TURN) {
      await nextTurn();
      since = performance.now();
    }
    if (signal.aborted) throw new CallerError('CANCELLED', 'The description was cancelled.', { cause: signal.reason });
    try {
      drafts.set(operation, draftMethod(tools, operation));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      documents.findings.skip('OPERATION_FAILED', `${operation.label} cannot be described: ${reason}.`, {
        operation: operation.label,
        location: locationOf(operation.site),
      });
    }
  }
  return drafts;
}

/** Parameters that repeat an `apiKey` scheme of the document. */
function securityTest(documents: Documents): DraftTools['isSecurity'] {
  const carriers = new Set(
    proposeSecurity(documents).flatMap((scheme) =>
      'parameter' in scheme ? [`${scheme.scheme} ${scheme.parameter.toLowerCase()}`] : [],
    ),
  );
  return ({ in: where, plan }) => carriers.has(`${where} ${plan.name.toLowerCase()}`);
}

function warnEmpty(
  { findings, root }: Documents,
  operations: number,
  server: string | undefined,
  servers: Servers,
): void {
  const where = { location: displayLocation(root.url) };
  if (operations === 0) findings.warn('NO_OPERATIONS', 'The document declares no operation.', where);
  else if (server === undefined && servers.hosts.length === 0) {
    findings.warn('NO_SERVER', 'The document names no server; set Service URL before a method is called.', where);
  }
}
