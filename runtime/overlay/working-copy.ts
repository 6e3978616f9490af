import type { TypeMap } from '../../config/model/json-schema.js';
import type { Description, ServiceMethod, ServiceObject } from '../../config/model/service-object.js';
import type { OverlayFault } from './fault.js';

/** A method while an overlay is applied: as it is described now, under the names that discovery gave. */
export interface WorkingMethod {
  readonly object: string;
  readonly name: string;
  method: ServiceMethod;
  hidden: boolean;
}

/** An object while an overlay is applied. */
export interface WorkingObject {
  /** As discovery named it. */
  readonly name: string;
  object: Omit<ServiceObject, 'methods'>;
}

/** A description under change. Rules find things in it by their discovered names, whatever other rules have made of them. */
export class WorkingCopy {
  readonly objects = new Map<string, WorkingObject>();
  readonly methods: WorkingMethod[] = [];
  readonly types: TypeMap;
  readonly faults: OverlayFault[] = [];
  readonly #byName = new Map<string, WorkingMethod>();
  readonly #byOperation = new Map<string, WorkingMethod>();

  constructor({ serviceObjects, types }: Description) {
    this.types = { ...types };
    for (const { methods, ...object } of serviceObjects) {
      this.objects.set(object.name, { name: object.name, object });
      for (const method of methods) {
        const working: WorkingMethod = { object: object.name, name: method.name, method, hidden: false };
        this.methods.push(working);
        this.#byName.set(`${object.name}.${method.name}`, working);
        if (method.origin !== undefined) this.#byOperation.set(method.origin.operation, working);
      }
    }
  }

  /** By `Contact.List` or `GET /contacts`. */
  method(name: string): WorkingMethod | undefined {
    return this.#byName.get(name) ?? this.#byOperation.get(name);
  }

  methodsOf(object: string): readonly WorkingMethod[] {
    return this.methods.filter((method) => method.object === object);
  }

  /** All names that a rule can call methods by. */
  get methodNames(): Iterable<string> {
    return [...this.#byName.keys(), ...this.#byOperation.keys()];
  }
}
