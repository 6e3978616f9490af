import { readOutputFolder } from './output-folder.js';

/** A method of a SmartObject that a generated module calls, by system names. */
export interface ModuleCall {
  readonly object: string;
  readonly method: string;
}

/** A generated module, and what it calls. */
export interface CallingModule {
  /** Path in the output folder, with `/`. */
  readonly path: string;
  readonly calls: readonly ModuleCall[];
}

/** `method<…>(transport, 'Crm_Contact', 'Read')`, as `objectModule` prints it, on one line or several. */
const call = /\(\s*transport,\s*'((?:[^'\\]|\\.)*)',\s*'((?:[^'\\]|\\.)*)',?\s*[),]/g;

/** The generated modules in a folder that call methods. What was not generated is not looked at. */
export function callingModules(dir: string): CallingModule[] {
  return [...readOutputFolder(dir)].flatMap(([path, { content, generated }]) => {
    if (!generated) return [];
    const calls = [...content.matchAll(call)].map(([, object = '', method = '']): ModuleCall => {
      return { object: unquoted(object), method: unquoted(method) };
    });
    return calls.length === 0 ? [] : [{ path, calls }];
  });
}

const unquoted = (text: string): string => text.replace(/\\(.)/g, '$1');
