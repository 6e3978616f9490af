/** From service objects to SmartObject definitions, and from those to typed modules. */

export { callText, type NamedObject, type PrintedCall } from './call-text.js';
export { checkModules, type Drift } from './check.js';
export { type DerivedFrom, deriveSmartObjects } from './derive.js';
export { GENERATED_MARK, type GeneratedFile, type GenerateOptions, generateModules } from './generate.js';
export { type CallingModule, callingModules, type ModuleCall } from './module-calls.js';
export { type WriteResult, writeModules } from './write.js';
