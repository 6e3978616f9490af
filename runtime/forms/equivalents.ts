import { stringify } from 'yaml';
import { callText, type NamedObject } from '../../codegen/index.js';
import { writeJson } from '../server/json.js';

/** The same call, for those who do not click. */
export interface Equivalents {
  /** A command line for a POSIX shell; the API key comes from the environment. */
  readonly curl: string;
  /** By the modules that `smartwright generate` writes. */
  readonly typescript: string;
  /** A workflow of one step for a runner of Arazzo 1.0.1 (https://spec.openapis.org/arazzo/v1.0.1.html). */
  readonly workflow: string;
}

/** A call, with what its texts need beside it. */
export interface WrittenCall {
  /** The server's URL, without a slash at its end. */
  readonly url: string;
  readonly object: string;
  readonly method: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** All SmartObjects of the same instance. */
  readonly objects: readonly NamedObject[];
}

/** Writes a call as a command, as a program and as a workflow. Pure: nothing is called. */
export function equivalentsOf(call: WrittenCall): Equivalents {
  const shown = { ...call, input: shortened(call.input) as WrittenCall['input'] };
  return { curl: curlText(shown), typescript: callText(shown), workflow: workflowText(shown) };
}

function curlText({ url, object, method, input }: WrittenCall): string {
  const address = `${url}/api/smartobjects/${encodeURIComponent(object)}/${encodeURIComponent(method)}`;
  return [
    `curl -X POST ${shellWord(address)}`,
    `-H "authorization: Bearer $SMARTWRIGHT_API_KEY"`,
    "-H 'content-type: application/json'",
    `-d ${shellWord(writeJson(input))}`,
  ].join(' \\\n  ');
}

/** Within single quotes a POSIX shell changes nothing; a single quote ends them (POSIX.1-2017 §2.2.2). */
const shellWord = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function workflowText({ url, object, method, input }: WrittenCall): string {
  const name = `${object}_${method}`;
  const parameter = (parameterName: string, value: string) => ({ name: parameterName, in: 'path', value });
  const step = {
    stepId: method,
    operationId: 'callMethod',
    parameters: [parameter('object', object), parameter('method', method)],
    requestBody: { contentType: 'application/json', payload: input },
    successCriteria: [{ condition: '$statusCode == 200 || $statusCode == 204' }],
    outputs: { result: '$response.body' },
  };
  const document = {
    arazzo: '1.0.1',
    info: { title: `${object}.${method}`, version: '1.0.0' },
    sourceDescriptions: [{ name: 'smartwright', url: `${url}/openapi.json`, type: 'openapi' }],
    workflows: [{ workflowId: name, steps: [step] }],
  };
  return stringify(document, { lineWidth: 0 });
}

/** A text with more characters, such as the content of a file, is cut: these texts are for reading and copying. */
const LONGEST_TEXT = 1_000;
const SHOWN = 40;

function shortened(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.length <= LONGEST_TEXT
      ? value
      : `${value.slice(0, SHOWN)}… (${value.length - SHOWN} more characters, left out here)`;
  }
  if (Array.isArray(value)) return value.map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shortened(member)]));
}
