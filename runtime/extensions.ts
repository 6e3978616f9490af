import { loadModule, moduleFault } from './load-module.js';
import type { OAuthExtension } from './oauth/extensions/extension.js';
import { builtInExtensions } from './oauth/extensions/index.js';

/**
 * The OAuth extensions: those that come with Smartwright, and those of the modules named in the settings. A module exports its
 * extension as `default` or as `extension`.
 *
 * @param modules package names, or paths relative to the working folder
 * @throws ConfigurationError DOCUMENT_INVALID when a module cannot be loaded, exports no extension, or takes a name that is there
 */
export async function loadExtensions(modules: readonly string[]): Promise<ReadonlyMap<string, OAuthExtension>> {
  const extensions = new Map(builtInExtensions);
  const shape = 'an object with name, displayName, description, and issue or amend';
  for (const module of modules) {
    const extension = await loadModule(module, { what: 'extension', isOne: isExtension, shape });
    if (extensions.has(extension.name)) {
      throw moduleFault('extension', module, `its name "${extension.name}" is there already`);
    }
    extensions.set(extension.name, extension);
  }
  return extensions;
}

function isExtension(value: unknown): value is OAuthExtension {
  if (typeof value !== 'object' || value === null) return false;
  const { name, displayName, description, issue, amend } = value as Readonly<Record<string, unknown>>;
  const isText = [name, displayName, description].every((text) => typeof text === 'string');
  const members = [issue, amend].filter((member) => member !== undefined);
  return isText && members.length > 0 && members.every((member) => typeof member === 'function');
}
