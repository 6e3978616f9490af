import { camelCase, UniqueNames } from '../config/model/names.js';
import { Identifiers } from './identifiers.js';
import { libraryNames } from './layout.js';
import { propertyKey, quote } from './types/literal.js';

/** A call that is printed as a program makes it with the generated modules. */
export interface PrintedCall {
  /** All SmartObjects of the instance: what one is called in the library depends on the others. */
  readonly objects: readonly NamedObject[];
  readonly object: string;
  readonly method: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The server's URL. */
  readonly url: string;
}

export interface NamedObject {
  readonly name: string;
  readonly instance: string;
  readonly methods: readonly { readonly name: string }[];
}

/** A call of a SmartObject's method as TypeScript, by the modules that `smartwright generate` writes for its instance. */
export function callText({ objects, object: name, method, input, url }: PrintedCall): string {
  const object = objects.find((candidate) => candidate.name === name);
  const library = object?.instance ?? name;
  const connect = new Identifiers().value(`connect ${library}`);
  const variable = new Identifiers().value(library);
  const path = [libraryNames(objects).get(name)?.key ?? name, methodKey(object?.methods ?? [], method)];
  const argument = Object.keys(input).length === 0 ? '' : literal(input, '');
  return [
    "import { env } from 'node:process';",
    `import { ${connect} } from './${library}/index.js';`,
    '',
    `const ${variable} = ${connect}({ url: ${quote(url)}, apiKey: env.SMARTWRIGHT_API_KEY ?? '' });`,
    `const result = await ${variable}${path.map(access).join('')}(${argument});`,
    '',
  ].join('\n');
}

/** Keys are given out in the order of the object's methods, as its module does. */
function methodKey(methods: readonly { readonly name: string }[], wanted: string): string {
  const keys = new UniqueNames();
  for (const { name } of methods) {
    const key = keys.take(camelCase(name));
    if (name === wanted) return key;
  }
  return camelCase(wanted);
}

function access(key: string): string {
  const written = propertyKey(key);
  return written === key ? `.${key}` : `[${written}]`;
}

/** A JSON value as a literal, over several lines where it has members. */
function literal(value: unknown, indent: string): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return String(value);
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const members = isList
    ? value.map((item) => literal(item, inner))
    : Object.entries(value).map(([key, member]) => `${memberKey(key)}: ${literal(member, inner)}`);
  const [open, close] = isList ? '[]' : '{}';
  if (members.length === 0) return `${open}${close}`;
  return `${open}\n${members.map((member) => `${inner}${member},\n`).join('')}${indent}${close}`;
}

/** Written plainly, `__proto__` would set the prototype instead of a member (ECMA-262 §13.2.5.5). */
const memberKey = (key: string): string => (key === '__proto__' ? "['__proto__']" : propertyKey(key));
