import type { Declaration, EnumValue } from './declare.js';
import { docComment } from './doc-comment.js';
import { printMembers, printType } from './print-type.js';
import { LINE_WIDTH, type TsType, textWidth, visitReferences } from './ts-type.js';

/** An exported declaration, with its doc comment and a line break at its end. */
export function printDeclaration(declaration: Declaration): string {
  const doc = docComment(declaration.doc, 0);
  if (declaration.kind === 'alias') {
    const { name, type, values } = declaration;
    if (values === undefined) return `${doc}${printAlias(name, type)};\n`;
    return `${doc}${printValues(name, values)}${doc}export type ${name} = (typeof ${name})[keyof typeof ${name}];\n`;
  }
  const members = printMembers(declaration, 2);
  return `${doc}${printHead(declaration.name, declaration.bases)}${members === '' ? '{}' : `{\n${members}}`}\n`;
}

/** `export const Level = { Low: 1 } as const`: what a caller writes instead of the bare values. */
function printValues(name: string, values: readonly EnumValue[]): string {
  const lines = values.map(({ key, literal }) => `  ${key}: ${literal},\n`);
  return `export const ${name} = {\n${lines.join('')}} as const;\n\n`;
}

/** Whether a declaration is there when the program runs, too. */
export const hasValue = (declaration: Declaration): boolean =>
  declaration.kind === 'alias' && declaration.values !== undefined;

/** A name that does not fit behind the `=` stands in the next line. */
function printAlias(name: string, type: TsType): string {
  const start = `export type ${name} =`;
  const printed = printType(type, { indent: 0, column: start.length + 1, trailing: 1 });
  const tooLong = type.kind === 'reference' && textWidth(`${start} ${printed};`) > LINE_WIDTH;
  return start + (tooLong ? '\n  ' : printed.startsWith('\n') ? '' : ' ') + printed;
}

function printHead(name: string, bases: readonly string[]): string {
  const start = `export interface ${name}`;
  if (bases.length === 0) return `${start} `;
  const line = `${start} extends ${bases.join(', ')} `;
  return line.length < LINE_WIDTH ? line : `${start}\n  extends ${bases.join(',\n    ')} `;
}

/** The identifiers of all declared types that a declaration refers to. */
export function referencesOf(declaration: Declaration): Set<string> {
  const names = new Set<string>();
  const add = (name: string): void => void names.add(name);
  if (declaration.kind === 'alias') visitReferences(declaration.type, add);
  else {
    for (const base of declaration.bases) names.add(base);
    for (const member of declaration.members) visitReferences(member.type, add);
    if (declaration.index !== undefined) visitReferences(declaration.index, add);
  }
  names.delete(declaration.name);
  return names;
}
