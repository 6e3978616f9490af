import type { JsonSchema } from '../config/model/json-schema.js';
import { camelCase, pascalCase, UniqueNames } from '../config/model/names.js';
import type { SmartMethod } from '../config/model/smart-object.js';
import type { Identifiers } from './identifiers.js';
import type { ObjectModule } from './layout.js';
import { type Owner, SHARED } from './ownership.js';
import { type Declaration, declare } from './types/declare.js';
import { commentLines, docComment } from './types/doc-comment.js';
import { propertyKey, quote } from './types/literal.js';
import type { SameMembers } from './types/same-members.js';
import type { Translator } from './types/translate.js';
import { LINE_WIDTH, type TsType, textWidth, visitReferences } from './types/ts-type.js';
import type { MethodView } from './view.js';

/** A SmartObject's methods, with the types that only they have. */
export interface MethodsOfObject {
  readonly methods: readonly MethodView[];
  readonly declarations: readonly Declaration[];
  /** The identifiers that the methods' own lines refer to. */
  readonly references: ReadonlySet<string>;
}

/** Longest inline type of a method's result; a longer one, and every object, gets a name. */
const INLINE_RESULT = 60;

/** What the methods of a library are printed with. */
export interface MethodTools {
  readonly translator: Translator;
  readonly identifiers: Identifiers;
  /** The named types, for inputs that repeat one. */
  readonly same: SameMembers;
  /** Who uses a named type, by its identifier. */
  readonly ownerOf: ReadonlyMap<string, Owner | undefined>;
}

/** Prints the methods of a SmartObject's module. */
export function methodsOf(
  module: ObjectModule,
  { translator, identifiers, same, ownerOf }: MethodTools,
): MethodsOfObject {
  const declarations: Declaration[] = [];
  const references = new Set<string>();
  const keys = new UniqueNames();
  const written = new Set<string>();
  const isNear = (type: string): boolean =>
    ownerOf.get(type) === SHARED || ownerOf.get(type) === module.object || written.has(type);
  const methods = module.object.methods.map((method): MethodView => {
    const key = keys.take(camelCase(method.name));
    const named = (schema: JsonSchema, role: string, doc: string): string => {
      const name = identifiers.type(`${pascalCase(module.localName)}${pascalCase(method.name)}${role}`);
      const whole = declare(translator, name, schema);
      const declaration = role === 'Input' && whole.kind === 'interface' ? same.factor(whole, isNear) : whole;
      if (declaration.kind === 'interface' && declaration.members.length === 0 && declaration.bases.length === 1) {
        const [only = name] = declaration.bases;
        references.add(only);
        return only;
      }
      // What is written to create a thing is often what is written to change it.
      if (role === 'Input' && (method.kind === 'create' || method.kind === 'update') && whole === declaration) {
        same.add(whole);
        written.add(name);
      }
      declarations.push(declaration.doc.length > 0 ? declaration : { ...declaration, doc: [doc] });
      return name;
    };
    const inline = (schema: JsonSchema, suits: (type: TsType) => boolean = isInline): string | undefined => {
      // An object gets a name whatever it is.
      if (translator.isOwnObject(schema)) return undefined;
      const type = translator.translate(schema, { root: schema, open: new Set() });
      if (!suits(type)) return undefined;
      visitReferences(type, (name) => references.add(name));
      return type.flat;
    };
    const path = `\`${module.key}.${key}\``;
    const list = method.kind === 'list';
    const typeArguments = [
      hasNoInput(method.input)
        ? 'NoInput'
        : (inline(method.input, isReference) ?? named(method.input, 'Input', `Input of ${path}.`)),
      method.output === false && !list
        ? 'void'
        : (inline(method.output) ??
          named(method.output, list ? 'Item' : 'Output', list ? `An item of ${path}.` : `Result of ${path}.`)),
    ];
    if (typeArguments[0] === 'NoInput') references.add('NoInput');
    if (list && method.meta !== undefined && method.meta !== false) {
      typeArguments.push(inline(method.meta) ?? named(method.meta, 'Meta', `What ${path} says beside its items.`));
    }
    const wireNames = [quote(module.object.name), quote(method.name)];
    return {
      doc: docComment(methodDoc(method), 4),
      property: propertyLine(propertyKey(key), list ? 'listMethod' : 'method', typeArguments, [
        'transport',
        ...wireNames,
      ]),
    };
  });
  return { methods, declarations, references };
}

function isInline(type: TsType): boolean {
  const named = type.kind === 'array' ? type.element : type;
  if (named.kind === 'reference') return true;
  return type.flat !== undefined && type.flat.length <= INLINE_RESULT && !type.flat.includes('{');
}

/** An input is a named type or gets a name; it is never written out. */
const isReference = (type: TsType): boolean => type.kind === 'reference';

function hasNoInput(schema: JsonSchema): boolean {
  if (typeof schema === 'boolean') return true;
  const composed = schema.$ref ?? schema.allOf ?? schema.oneOf ?? schema.anyOf ?? schema.patternProperties;
  const open = schema.additionalProperties === true || typeof schema.additionalProperties === 'object';
  return composed === undefined && !open && Object.keys(schema.properties ?? {}).length === 0;
}

function methodDoc(method: SmartMethod): string[] {
  const lines = commentLines(method.description);
  const doc = lines.length > 0 ? lines : commentLines(method.displayName).map((line) => `${line}.`);
  if (method.deprecated !== true) return doc;
  return doc.length > 1 ? [...doc, '', '@deprecated'] : [...doc, '@deprecated'];
}

/** The property of one method, broken over lines as formatters do where it is too long for one. */
function propertyLine(key: string, helper: string, typeArguments: readonly string[], args: readonly string[]): string {
  const indent = '    ';
  const start = `${key}: ${helper}<${typeArguments.join(', ')}>(`;
  const line = `${start}${args.join(', ')})`;
  if (indent.length + textWidth(line) + 1 <= LINE_WIDTH) return line;
  const broken = args.map((argument) => `${indent}  ${argument},\n`).join('');
  if (indent.length + textWidth(start) <= LINE_WIDTH) return `${start}\n${broken}${indent})`;
  const types = typeArguments.map((type) => `${indent}  ${type}`).join(',\n');
  const end = `>(${args.join(', ')})`;
  const fits = indent.length + textWidth(end) + 1 <= LINE_WIDTH;
  return `${key}: ${helper}<\n${types}\n${indent}${fits ? end : `>(\n${broken}${indent})`}`;
}
