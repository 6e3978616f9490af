import type { JsonSchema, TypeMap } from '../../../config/model/json-schema.js';
import { toDisplayName, type UniqueNames } from '../../../config/model/names.js';
import type { MethodKind, ServiceMethod } from '../../../config/model/service-object.js';
import type { GivenNames } from '../../broker.js';
import type { ItemBinding, ListPlan, Operation } from '../plan.js';
import type { Column } from './columns.js';
import type { LoadedList } from './load.js';

/** What describing one list needs. */
export interface ListContext {
  readonly list: LoadedList;
  /** The service object's name. */
  readonly name: string;
  readonly columns: readonly Column[];
  readonly plan: ListPlan;
  /** Where named types are put. */
  readonly types: TypeMap;
  readonly typeNames: UniqueNames;
  readonly given: GivenNames;
}

/** How methods of a list are made. */
export interface MethodDraft {
  readonly name: string;
  readonly kind: MethodKind;
  readonly description: string;
  readonly operation: Exclude<Operation, 'request'>;
  readonly properties: TypeMap;
  readonly required?: readonly string[];
  readonly output: JsonSchema;
  readonly columns?: readonly Column[];
  readonly contentType?: string;
  readonly views?: ItemBinding['views'];
  readonly paged?: true;
}

/** How a list's operations are told from one discovery to the next: by its GUID. */
export const operationOf = (list: Pick<LoadedList, 'id'>, method: string): string => `list ${list.id} ${method}`;

/** A method of a list by its draft. The name that it was given before stays. */
export function methodOf(draft: MethodDraft, { list, plan, columns, given }: ListContext): ServiceMethod {
  const { name, kind, description, operation, properties, required = [], output, contentType, views, paged } = draft;
  const origin = operationOf(list, contentType === undefined ? name : `${operation} ${contentType}`);
  const binding: ItemBinding = {
    operation,
    list: plan,
    columns: (draft.columns ?? columns).map((column) => column.plan),
    ...(contentType === undefined ? {} : { contentType }),
    ...(views === undefined ? {} : { views }),
  };
  const known = given.get(origin)?.method ?? name;
  return {
    name: known,
    displayName: toDisplayName(known),
    description,
    kind,
    input: {
      type: 'object',
      properties,
      ...(required.length === 0 ? {} : { required: [...required] }),
      additionalProperties: false,
    },
    output,
    ...(paged === undefined ? {} : { paged }),
    origin: { operation: origin },
    binding,
  };
}
