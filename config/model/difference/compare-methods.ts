import type { MethodName } from '../description-difference.js';
import type { ServiceMethod } from '../service-object.js';
import type { ObjectChange } from './compare-objects.js';
import type { MethodChangeCode } from './impact.js';
import type { MethodNumber, SchemaComparison } from './schema-comparison.js';

/** Compares two methods of one name. What differs in their schemas goes to `schemas`. */
export function* compareMethods(
  former: ServiceMethod,
  latter: ServiceMethod,
  name: MethodName,
  pointer: string,
  schemas: SchemaComparison,
  number: MethodNumber,
): Generator<ObjectChange> {
  const told = `${name.serviceObject}.${name.method}`;
  const change = (code: MethodChangeCode, message: string, at = pointer): ObjectChange => ({
    code,
    pointer: at,
    message,
    methods: [name],
  });
  if (former.kind !== latter.kind) {
    yield change('KIND_CHANGED', `${told} is of kind ${latter.kind} now; it was ${former.kind}.`);
  }
  if (former.paged !== true && latter.paged === true)
    yield change('PAGING_ADDED', `${told} gives its list in pages now.`);
  if (former.paged === true && latter.paged !== true) {
    yield change('PAGING_REMOVED', `${told} no longer gives its list in pages and does not take "$next".`);
  }
  if (former.deprecated !== true && latter.deprecated === true)
    yield change('METHOD_DEPRECATED', `${told} is deprecated now.`);
  if (former.displayName !== latter.displayName || former.description !== latter.description) {
    yield change('TEXT_CHANGED', `${told} is called or described in other words.`);
  }
  if (JSON.stringify(former.binding) !== JSON.stringify(latter.binding)) {
    yield change('BINDING_CHANGED', `${told} sends its request in another way.`);
  }
  schemas.compare(former.input, latter.input, `${pointer}/input`, 'input', number);
  const output = `${pointer}/output`;
  if (former.output === false && latter.output !== false)
    yield change('RESULT_ADDED', `${told} has a result now.`, output);
  else if (former.output !== false && latter.output === false)
    yield change('RESULT_REMOVED', `${told} no longer has a result.`, output);
  else if (former.output !== false) schemas.compare(former.output, latter.output, output, 'output', number);
  if (former.meta !== undefined || latter.meta !== undefined)
    schemas.compare(former.meta ?? nothingBeside, latter.meta ?? nothingBeside, `${pointer}/meta`, 'output', number);
}

/** What a list says beside its items when nothing is described. */
const nothingBeside = { type: 'object' } as const;
