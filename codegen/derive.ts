import { dataTypeOf } from '../config/model/data-type.js';
import { designFacts } from '../config/model/designer.js';
import type { JsonSchema, TypeMap } from '../config/model/json-schema.js';
import { referencedType } from '../config/model/json-schema.js';
import type { Description, ObjectProperty, ServiceMethod, ServiceObject } from '../config/model/service-object.js';
import {
  type SmartMethod,
  type SmartObject,
  type SmartProperty,
  smartObjectName,
} from '../config/model/smart-object.js';

/** The instance that SmartObjects are derived for. */
export interface DerivedFrom {
  /** System name; the first part of each SmartObject's name. */
  readonly name: string;
  /** The category in which designers find the SmartObjects. */
  readonly displayName: string;
}

/**
 * The SmartObjects of a service instance: one for each service object, named `{instance}_{service object}`, with a method of one
 * step for each service method. Pure, and stable: a description that grows renames nothing.
 */
export function deriveSmartObjects(instance: DerivedFrom, description: Description): SmartObject[] {
  return description.serviceObjects.map((serviceObject) => ({
    name: smartObjectName(instance.name, serviceObject.name),
    displayName: serviceObject.displayName,
    ...(serviceObject.description === undefined ? {} : { description: serviceObject.description }),
    category: instance.displayName,
    instance: instance.name,
    properties: serviceObject.properties.map((property) => smartProperty(instance, property, description.types)),
    methods: deriveMethods(instance, serviceObject, description.types),
  }));
}

function smartProperty(instance: DerivedFrom, property: ObjectProperty, types: TypeMap): SmartProperty {
  const facts = designFacts(property.schema, types, (object) => smartObjectName(instance.name, object));
  const dataType = dataTypeOf(property.schema, types, property.key === true ? { key: true } : {});
  return { ...property, dataType, ...facts };
}

function deriveMethods(instance: DerivedFrom, serviceObject: ServiceObject, types: TypeMap): SmartMethod[] {
  const properties = new Set(serviceObject.properties.map(({ name }) => name));
  return serviceObject.methods.map((method) => {
    const { binding: _binding, origin: _origin, ...described } = method;
    return {
      ...described,
      parameters: inputNames(method, types).filter((name) => !properties.has(name)),
      steps: [{ instance: instance.name, serviceObject: serviceObject.name, method: method.name }],
    };
  });
}

/** The names of a method's inputs, in the order of its schema. */
function inputNames(method: ServiceMethod, types: TypeMap): string[] {
  const names = new Set<string>();
  const seen = new Set<string>();
  const collect = (schema: JsonSchema | undefined): void => {
    if (schema === undefined || typeof schema === 'boolean') return;
    for (const name of Object.keys(schema.properties ?? {})) names.add(name);
    const target = schema.$ref === undefined ? undefined : referencedType(schema.$ref);
    if (target !== undefined && !seen.has(target)) {
      seen.add(target);
      collect(types[target]);
    }
    schema.allOf?.forEach(collect);
  };
  collect(method.input);
  return [...names];
}
