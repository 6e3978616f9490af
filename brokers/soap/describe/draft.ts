import type { JsonSchemaObject } from '../../../config/model/json-schema.js';
import type { DeclaredError } from '../../../config/model/service-object.js';
import type { Findings } from '../../source/index.js';
import type { SoapPlan } from '../plan.js';
import { faultElement, type Message, MessageFault, readMessage } from '../wsdl/messages.js';
import type { SoapMessage, SoapOperation, SoapPort } from '../wsdl/operations.js';
import { special } from '../xsd/property-names.js';
import type { Translator } from '../xsd/translator.js';

/** An operation, described but for its place among the service objects. */
export interface OperationDraft {
  readonly operation: SoapOperation;
  readonly port: SoapPort;
  readonly plan: SoapPlan;
  readonly input: JsonSchemaObject;
  /** The whole answer; absent for a one-way operation. */
  readonly output?: JsonSchemaObject;
  readonly errors: readonly DeclaredError[];
}

/** How the instance reaches the service, whatever its description says. */
export interface Reach {
  readonly endpoint: string | undefined;
  readonly addressing: boolean;
}

/** Undefined, with a finding that says why, when the operation cannot be described. */
export function draftOperation(
  operation: SoapOperation,
  port: SoapPort,
  reach: Reach,
  translator: Translator,
  findings: Findings,
): OperationDraft | undefined {
  try {
    return draft(operation, port, reach, translator, findings);
  } catch (error) {
    if (!(error instanceof MessageFault)) throw error;
    findings.skip('MESSAGE_UNDESCRIBED', `It cannot be called: ${error.message}.`, { operation: operation.location });
    return undefined;
  }
}

function draft(
  operation: SoapOperation,
  port: SoapPort,
  reach: Reach,
  translator: Translator,
  findings: Findings,
): OperationDraft {
  const input = readMessage(operation.input, operation, operation.name, translator);
  const output = operation.output === undefined ? undefined : answer(operation, operation.output, translator, findings);
  const faults = operation.faults.flatMap(({ name, message }) => {
    const element = faultElement(message, translator);
    return element === undefined ? [] : [{ name, detail: element.item, schema: element.schema }];
  });
  const { needs } = operation;
  const addressing = reach.addressing || needs.addressing;
  const plan: SoapPlan = {
    version: port.version,
    style: operation.style,
    endpoint: reach.endpoint ?? port.endpoint,
    ...(addressing ? { addressing: true } : {}),
    action: addressing ? operation.addressedAs : operation.action,
    ...(operation.input.encoded ? { encoded: true } : {}),
    ...(needs.mtom ? { mtom: true } : {}),
    ...(Object.keys(needs.security).length === 0 ? {} : { security: needs.security }),
    input: input.plan,
    ...(output === undefined ? {} : { output: { ...output.plan, result: [] } }),
    faults: faults.map(({ name, detail }) => ({ name, detail })),
  };
  return {
    operation,
    port,
    plan,
    input: withFilesRequired(input),
    ...(output === undefined ? {} : { output: output.schema }),
    errors: faults.map(({ name, schema }) => ({ status: name, body: schema })),
  };
}

/** Parts of a message are there each time (WSDL 1.1 §2.3). */
function withFilesRequired({ plan: { attachments }, schema }: Message): JsonSchemaObject {
  if (attachments === undefined) return schema;
  return { ...schema, required: [...(schema.required ?? []), ...attachments.map(({ property }) => property)] };
}

/** An answer that is not understood costs the operation its result, not itself. */
function answer(operation: SoapOperation, output: SoapMessage, translator: Translator, findings: Findings): Message {
  try {
    return readMessage(output, operation, `${operation.name}Response`, translator);
  } catch (error) {
    if (!(error instanceof MessageFault)) throw error;
    findings.warn('ANSWER_UNDESCRIBED', `Its answer is given as XML: ${error.message}.`, {
      operation: operation.location,
    });
    const property = special.xml;
    const schema: JsonSchemaObject = {
      type: 'object',
      properties: { [property]: { type: 'string', contentMediaType: 'application/xml' } },
      additionalProperties: false,
    };
    return { plan: { body: [], headers: [] }, schema };
  }
}
