import type { Visibility } from './designer.js';
import type { JsonSchema, TypeMap } from './json-schema.js';
import type { SecurityScheme } from './security-scheme.js';

/** What a method does to its object. K2's six method types. */
export const methodKinds = ['create', 'read', 'update', 'delete', 'list', 'execute'] as const;
export type MethodKind = (typeof methodKinds)[number];

/** A property of a service object or SmartObject, as a designer sees it. */
export interface ObjectProperty {
  /** The system name: no spaces, stable across refreshes. For a nested value it is the name of its outermost property. */
  readonly name: string;
  readonly displayName: string;
  readonly description?: string;
  readonly schema: JsonSchema;
  /** Identifies the object among its kind. */
  readonly key?: boolean;
}

/** Which operation of the service a method is, in the service's own terms. */
export interface MethodOrigin {
  /** Identifies the operation within its service from one discovery to the next, such as `GET /contacts/{id}`. */
  readonly operation: string;
  /** The service's own identifier of it, where it has one: OpenAPI's `operationId`. */
  readonly id?: string;
  /** The names that discovery gave, where an overlay gave the method others. */
  readonly named?: { readonly serviceObject: string; readonly method: string };
}

/** A method that discovery found. */
export interface ServiceMethod {
  readonly name: string;
  readonly displayName: string;
  readonly description?: string;
  readonly kind: MethodKind;
  readonly deprecated?: boolean;
  readonly visibility?: Visibility;
  /**
   * The method is made for asking at intervals whether something has happened: `single` gives one event, `batch` all since the
   * last time. For workflow designers (`x-ms-trigger`).
   */
  readonly trigger?: 'single' | 'batch';
  /**
   * The input: a schema of `type: object` whose `properties` are the method's inputs and whose `required` names the ones that
   * must be given. It may refer to the instance's types.
   */
  readonly input: JsonSchema;
  /**
   * The result. For a `list` it is the schema of one item; for a method with no result it is `false`. A file is
   * `{ type: 'string', contentEncoding: 'base64' }` inside `{ name, content, mediaType }` (see `fileSchema`).
   */
  readonly output: JsonSchema;
  /** For a list: the schema of what its answer says beside the items (totals, cursors), when it says anything. */
  readonly meta?: JsonSchema;
  /** For a list: whether the service gives it page by page; the cursor of a page is then the input `$next`. */
  readonly paged?: boolean;
  /** The error answers that the service declares. A refused call names the one that came as `upstream.declared`. */
  readonly errors?: readonly DeclaredError[];
  /** Absent where the broker cannot tell operations apart by more than their names. */
  readonly origin?: MethodOrigin;
  /**
   * How the broker calls the service: worked out at discovery, stored as JSON, read by nobody else. The runtime hands the
   * same object to each call while the method stays loaded, so a broker may keep what it compiled from it in a WeakMap.
   */
  readonly binding: unknown;
}

/** An error answer that the service's description declares. */
export interface DeclaredError {
  /** `404`, `4XX` or `default`. */
  readonly status: string;
  readonly description?: string;
  /** The body; absent when none is described. */
  readonly body?: JsonSchema;
  /** The declared headers, as a schema of `type: object`. */
  readonly headers?: JsonSchema;
}

/** A group of methods on one kind of thing, as discovery found it. */
export interface ServiceObject {
  readonly name: string;
  readonly displayName: string;
  readonly description?: string;
  readonly properties: readonly ObjectProperty[];
  readonly methods: readonly ServiceMethod[];
}

/** Something that discovery could not take over, or took over with a reservation. */
export interface Diagnostic {
  /** `skipped`: this operation or part is missing from the description. `warning`: it is there, and something about it is odd. */
  readonly severity: 'skipped' | 'warning';
  /** A stable identifier of the kind of finding, such as `REFERENCE_DANGLING`. */
  readonly code: string;
  /** The operation it concerns, such as `GET /contacts/{id}`, where it concerns one. */
  readonly operation?: string;
  /** Where in the descriptor: a file or URL with a JSON pointer, an XPath, a line. */
  readonly location?: string;
  /** What is wrong and, where something can be done, what to do. */
  readonly message: string;
}

/** What a broker found out about a service. */
export interface Description {
  /** The service's own title, for display. */
  readonly title?: string;
  /** The service's own version string. */
  readonly version?: string;
  readonly serviceObjects: readonly ServiceObject[];
  readonly types: TypeMap;
  readonly diagnostics: readonly Diagnostic[];
  /** How many operations the descriptor declares, described or not. */
  readonly operations: number;
  /** The hosts that calls will go to (`host` or `host:port`), so that credentials are sent to no other. */
  readonly hosts: readonly string[];
  /** How the service says that callers authenticate, when it says so. */
  readonly security?: readonly SecurityScheme[];
}

/** The schemas that say what goes into a method and what comes out of it. */
export function schemasOf({
  input,
  output,
  meta,
  errors = [],
}: Pick<ServiceMethod, 'input' | 'output' | 'meta' | 'errors'>): JsonSchema[] {
  const declared = errors.flatMap(({ body, headers }) => [body, headers]);
  return [input, output, meta, ...declared].filter((schema) => schema !== undefined);
}
