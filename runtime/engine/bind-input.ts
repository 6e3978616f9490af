import { CallerError, type FieldError } from '../../config/model/errors.js';
import type { JsonSchema, TypeMap } from '../../config/model/json-schema.js';
import type { SmartCall } from './engine.js';
import { compileNesting, type NestedInput, type NestInput } from './flat-input.js';
import { compileInput, type Validate } from './validate.js';

/** A method's input as it goes to a broker. */
export type Input = Readonly<Record<string, unknown>>;

/** How what a caller gives becomes a method's input. */
export interface InputBinding {
  readonly nest: NestInput;
  readonly validate: Validate;
}

export function compileBinding(input: JsonSchema, types: TypeMap): InputBinding {
  return { nest: compileNesting(input, types), validate: compileInput(input, types) };
}

/** @throws CallerError INPUT_INVALID with all faults at once */
export function bindInput(binding: InputBinding, { object, method, input: given, shape }: SmartCall): Input {
  const nested = binding.nest(given, shape);
  const input = nested === undefined ? given : nested.value;
  const fields = faultsOf(binding, input, nested);
  if (fields.length === 0) return input as Input;
  const faults = fields
    .map(({ pointer, message }) => `${pointer === '' ? 'the input' : pointer} ${message}`)
    .join('; ');
  throw new CallerError('INPUT_INVALID', `The input of ${object}.${method} is not valid: ${faults}.`, { fields });
}

function faultsOf({ validate }: InputBinding, input: unknown, nested: NestedInput | undefined): readonly FieldError[] {
  if (nested === undefined) return validate(input);
  if (nested.faults.length > 0) return nested.faults;
  return validate(input).map(({ pointer, message }) => ({ pointer: nested.pointer(pointer), message }));
}
