import { CallerError, RuntimeError } from '../../config/model/errors.js';
import { type FlatShape, flatShape } from '../../config/model/flat-property.js';
import { type JsonSchema, referencedTypes, type TypeMap } from '../../config/model/json-schema.js';
import { type MethodKind, type ServiceMethod, schemasOf } from '../../config/model/service-object.js';
import type { Step } from '../../config/model/smart-object.js';
import type { Store } from '../../config/store/store.js';
import { compileBinding, type InputBinding } from './bind-input.js';
import type { Connection, Connections } from './connection.js';
import type { SmartCall } from './engine.js';
import { callableInput } from './list.js';

/** A method, ready to be called: everything that a call needs, loaded and compiled. */
export interface Target extends InputBinding {
  readonly kind: MethodKind;
  /** How the result is flattened. Its types are loaded when this is first asked. */
  readonly flatOutput: () => Promise<FlatShape>;
  readonly steps: readonly TargetStep[];
  /** The only step, when its result is the method's. */
  readonly sole: TargetStep | undefined;
}

export interface TargetStep {
  readonly connection: Connection;
  readonly serviceObject: string;
  readonly method: ServiceMethod;
  readonly types: () => Promise<TypeMap>;
  readonly input: Step['input'];
  readonly output: Step['output'];
}

/** Loads a method with its binding and the closure of its input's types, and compiles them. @throws CallerError NOT_FOUND */
export async function resolve({ object, method }: SmartCall, store: Store, connections: Connections): Promise<Target> {
  const found = await store.smartObjects.method(object, method);
  if (found === undefined) throw await notFound(object, method, store);
  const steps = await Promise.all(found.method.steps.map((step) => loadStep(step, store, connections)));
  const input = callableInput(found.method);
  const types = await store.descriptions.types(found.instance, referencedTypes(input));
  return {
    kind: found.method.kind,
    ...compileBinding(input, types),
    flatOutput: flatOutputOf(found.method.output, found.instance, store),
    steps,
    sole: soleOf(steps),
  };
}

function soleOf([first, ...others]: readonly TargetStep[]): TargetStep | undefined {
  return others.length === 0 && first?.output === undefined ? first : undefined;
}

function flatOutputOf(output: JsonSchema, instance: string, store: Store): () => Promise<FlatShape> {
  let shape: Promise<FlatShape> | undefined;
  return () => {
    shape ??= store.descriptions.types(instance, referencedTypes(output)).then(
      (types) => flatShape(output, types),
      (error) => {
        shape = undefined;
        throw error;
      },
    );
    return shape;
  };
}

async function loadStep(step: Step, store: Store, connections: Connections): Promise<TargetStep> {
  const [connection, method] = await Promise.all([
    connections.get(step.instance),
    store.descriptions.method(step.instance, step.serviceObject, step.method),
  ]);
  if (method === undefined) {
    throw new RuntimeError(
      'INTERNAL',
      `Service instance "${step.instance}" no longer has ${step.serviceObject}.${step.method}; refresh it.`,
    );
  }
  const names = new Set(schemasOf(method).flatMap((schema) => [...referencedTypes(schema)]));
  return {
    connection,
    serviceObject: step.serviceObject,
    method,
    types: () => store.descriptions.types(step.instance, names),
    input: step.input,
    output: step.output,
  };
}

async function notFound(object: string, method: string, store: Store): Promise<CallerError> {
  const known = await store.smartObjects.get(object);
  if (known === undefined)
    return new CallerError('NOT_FOUND', `There is no SmartObject "${object}". GET /api/smartobjects lists them.`);
  const names = known.methods.map(({ name }) => name).join(', ');
  return new CallerError('NOT_FOUND', `SmartObject "${object}" has no method "${method}". Its methods are ${names}.`);
}
