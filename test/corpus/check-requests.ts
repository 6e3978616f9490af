import type { RequestPreview } from '../../brokers/broker.js';
import { restBroker } from '../../brokers/rest/index.js';
import type { RequestPlan } from '../../brokers/rest/plan.js';
import type { TypeMap } from '../../config/model/json-schema.js';
import type { Description, ServiceMethod } from '../../config/model/service-object.js';
import { excuseFor } from './excuses.js';
import { type IndependentDocument, independentDocument } from './independent-document.js';
import { type FoundOperation, operationKey, operationsIn, type RawObject, sliceOf } from './operation-slice.js';
import { RequestValidator } from './request-validator.js';
import { sampleInputs } from './sample-inputs.js';

/** What came of the requests of one document. */
export interface CheckedRequests {
  /** Methods whose requests were made, of all that there are. */
  readonly methods: number;
  /** Requests that were made, and those of them that the validator takes. */
  readonly built: number;
  readonly valid: number;
  /** Requests that the validator, or the broker itself, refused: what, and why. */
  readonly refused: readonly string[];
  /** Requests that nobody could judge: how many, by reason. */
  readonly unjudged: Readonly<Record<string, number>>;
  /** Sample inputs that do not fit the input's schema: the sampler's fault, by method. */
  readonly unsampled: readonly string[];
}

/** Of a document with more methods than this, every n-th is taken. */
const MOST = 500;

const service = 'https://service.example';

/** Operations that share one validator: each costs it time to start, and all of a document together slow it down. */
const TOGETHER = 20;

/** Makes the requests of all methods of a document and has them judged. */
export async function checkRequests(file: string, description: Description): Promise<CheckedRequests> {
  const all = description.serviceObjects.flatMap(({ name, methods }) =>
    methods.map((method) => ({ object: name, method })),
  );
  const step = Math.max(1, Math.ceil(all.length / MOST));
  const chosen = all.filter((_, index) => index % step === 0);
  const result = { methods: chosen.length, built: 0, valid: 0, refused: [], unjudged: {}, unsampled: [] };
  const document = await independentDocument(file).catch((error: Error) => error);
  const check = new Check(file, description.types, result);
  const validator = await RequestValidator.start();
  for (let at = 0; at < chosen.length; at += TOGETHER) {
    await check.some(chosen.slice(at, at + TOGETHER), document, validator);
  }
  validator.stop();
  return result;
}

interface ChosenMethod {
  readonly object: string;
  readonly method: ServiceMethod;
}

interface Result {
  built: number;
  valid: number;
  readonly refused: string[];
  readonly unjudged: Record<string, number>;
  readonly unsampled: string[];
}

class Check {
  readonly #file: string;
  readonly #types: TypeMap;
  readonly #result: Result;

  constructor(file: string, types: TypeMap, result: Result) {
    this.#file = file;
    this.#types = types;
    this.#result = result;
  }

  async some(chosen: readonly ChosenMethod[], document: IndependentDocument | Error, validator: RequestValidator) {
    if (document instanceof Error) {
      const reason = `its parser refuses the document (${document.message.split('\n')[0]?.slice(0, 80)})`;
      for (const item of chosen) for await (const _ of this.#requests(item)) this.#pass(reason);
      return;
    }
    const operations = operationsIn(document.root);
    const found = chosen.map(({ method }) => operations.get(keyOf(method)) ?? []);
    const known = found.flat();
    const slice = sliceOf(document.root, known);
    for (const [index, item] of chosen.entries()) {
      const candidates = found[index] ?? [];
      for await (const { request, name } of this.#requests(item)) {
        if (candidates.length === 0) {
          this.#pass('the operation is not in the document that the parser of the validator reads');
          continue;
        }
        const verdicts = [];
        for (const operation of candidates) {
          const refusal = await validator.refusal(slice, known.indexOf(operation), request);
          verdicts.push(
            refusal === undefined ? undefined : await this.#alone(document.root, operation, request, validator),
          );
        }
        const [verdict] = verdicts;
        if (verdict === undefined || verdicts.includes(undefined)) this.#result.valid++;
        else if (verdict.excuse === undefined) this.#result.refused.push(`${name}: ${verdict.refusal.slice(0, 300)}`);
        else this.#pass(verdict.excuse);
      }
    }
  }

  /** A refusal is heard again from a validator that knows nothing of the other operations. */
  async #alone(root: RawObject, found: FoundOperation, request: RequestPreview, validator: RequestValidator) {
    const slice = sliceOf(root, [found]);
    const refusal = await validator.refusal(slice, 0, request);
    const [operation] = slice.operations;
    if (refusal === undefined || operation === undefined) return undefined;
    return { refusal, excuse: excuseFor({ slice, operation, request, refusal }) };
  }

  /** The requests of a method's sample inputs. */
  async *#requests({ object, method }: ChosenMethod): AsyncGenerator<{ request: RequestPreview; name: string }> {
    const label = `${object}.${method.name} (${keyOf(method)})`;
    const { inputs, faults } = sampleInputs(method.input, this.#types);
    this.#result.unsampled.push(...faults.map((fault) => `${label}, ${fault}`));
    for (const { what, input } of inputs) {
      const name = `${label}, ${what}`;
      try {
        const request = await preview(this.#file, object, method, input);
        this.#result.built++;
        yield { request, name };
      } catch (error) {
        this.#result.refused.push(`${name}: not built: ${(error as Error).message}`);
      }
    }
  }

  #pass(reason: string): void {
    this.#result.unjudged[reason] = (this.#result.unjudged[reason] ?? 0) + 1;
  }
}

function preview(file: string, object: string, method: ServiceMethod, input: Readonly<Record<string, unknown>>) {
  const keys = { descriptor: file, serviceUrl: service };
  return restBroker.preview({ keys, serviceObject: object, method, types: async () => ({}), input });
}

/** The operation that a method calls, as `operationsIn` names it. */
function keyOf({ binding }: ServiceMethod): string {
  const { verb, path } = binding as RequestPlan;
  return operationKey(verb, path.map((piece) => (typeof piece === 'string' ? piece : '{}')).join(''));
}
