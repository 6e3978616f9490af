import type { BuiltinName } from '../xsd/builtins.js';

const builtins: Readonly<Record<string, BuiltinName>> = { boolean: 'boolean', string: 'string', bigint: 'integer' };

/** The built-in type that a value of any type is written as, where it is neither an object nor null. */
export const builtinOf = (value: unknown): BuiltinName => builtins[typeof value] ?? 'decimal';
