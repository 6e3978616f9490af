import { isAbsolute, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigurationError } from '../config/model/errors.js';

/** What a module from outside exports, and how it is recognised. */
export interface ModuleKind<T> {
  /** Such as `broker`: also the name of the export, beside `default`. */
  readonly what: string;
  readonly isOne: (value: unknown) => value is T;
  /** What one looks like, for the message. */
  readonly shape: string;
}

/**
 * Loads what a module from outside exports.
 *
 * @param module a package name, or a path relative to the working folder
 * @throws ConfigurationError DOCUMENT_INVALID when it cannot be loaded or exports no such thing
 */
export async function loadModule<T>(module: string, { what, isOne, shape }: ModuleKind<T>): Promise<T> {
  const isPath = module.startsWith('.') || isAbsolute(module);
  const specifier = isPath ? pathToFileURL(resolve(module)).href : module;
  let exported: Readonly<Record<string, unknown>>;
  try {
    exported = await import(specifier);
  } catch (cause) {
    throw moduleFault(what, module, `it cannot be loaded (${(cause as Error).message})`, cause);
  }
  const found = exported[what] ?? exported.default;
  if (isOne(found)) return found;
  throw moduleFault(what, module, `it exports no ${what}: ${shape}`);
}

export function moduleFault(what: string, module: string, reason: string, cause?: unknown): ConfigurationError {
  return new ConfigurationError('DOCUMENT_INVALID', `The ${what} module "${module}" cannot be used: ${reason}.`, {
    cause,
  });
}
