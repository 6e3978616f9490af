import type { DataType } from './data-type.js';
import type { DesignFacts, Visibility } from './designer.js';
import type { JsonSchema } from './json-schema.js';
import type { DeclaredError, MethodKind, ObjectProperty } from './service-object.js';

/**
 * One service call within a SmartObject's method. A generated method has one step with no mapping: its input is the step's
 * input and the step's result is its result.
 */
export interface Step {
  /** System name of the service instance. */
  readonly instance: string;
  readonly serviceObject: string;
  readonly method: string;
  /** Step input name → the name of the method's input that feeds it. Absent: all inputs under their own names. */
  readonly input?: Readonly<Record<string, string>>;
  /** The method's output property → the step's output property. Absent: the whole result. */
  readonly output?: Readonly<Record<string, string>>;
}

/** A method that forms, workflows and programs call. */
export interface SmartMethod {
  readonly name: string;
  readonly displayName: string;
  readonly description?: string;
  readonly kind: MethodKind;
  readonly deprecated?: boolean;
  readonly visibility?: Visibility;
  /** See `ServiceMethod.trigger`. */
  readonly trigger?: 'single' | 'batch';
  /** A schema of `type: object`; see `ServiceMethod.input`. Types are those of the instance of the first step. */
  readonly input: JsonSchema;
  /** The result; for a `list`, one item. `false`: none. */
  readonly output: JsonSchema;
  readonly meta?: JsonSchema;
  /** K2's *method parameters*: the inputs that are not properties of the object. */
  readonly parameters: readonly string[];
  readonly paged?: boolean;
  /** See `ServiceMethod.errors`. */
  readonly errors?: readonly DeclaredError[];
  readonly steps: readonly [Step, ...Step[]];
}

/** A property with its K2 type, and what a tool needs to draw its control. An object that is called by is a SmartObject. */
export interface SmartProperty extends ObjectProperty, DesignFacts {
  readonly dataType: DataType;
}

/** The name of the SmartObject that is generated from a service object. */
export const smartObjectName = (instance: string, serviceObject: string): string => `${instance}_${serviceObject}`;

/** What forms and workflows use: a named object with typed properties and methods, whichever service is behind it. */
export interface SmartObject {
  /** System name, unique in the installation; the one in URLs and code. */
  readonly name: string;
  readonly displayName: string;
  readonly description?: string;
  /** Where a designer finds it: a path of display names, joined by `/`. */
  readonly category: string;
  /** System name of the service instance that it was generated from. */
  readonly instance: string;
  readonly properties: readonly SmartProperty[];
  readonly methods: readonly SmartMethod[];
}
