import { docComment } from './doc-comment.js';
import {
  LINE_WIDTH,
  needsParentheses,
  type ObjectMember,
  type ObjectType,
  type TsType,
  type TupleType,
  type UnionType,
} from './ts-type.js';

/** Where a type is printed. */
export interface Position {
  /** Spaces before the line that the type starts in. */
  readonly indent: number;
  /** The column that the type starts at. */
  readonly column: number;
  /** Characters that follow the type on its last line. */
  readonly trailing: number;
}

/**
 * A type as text: on one line where it fits, else broken as Prettier and Biome break it. The first line continues the line
 * at `at.column`.
 */
export function printType(type: TsType, at: Position): string {
  if (type.flat !== undefined && at.column + type.flat.length + at.trailing <= LINE_WIDTH) return type.flat;
  switch (type.kind) {
    case 'text':
      return type.text;
    case 'reference':
      return type.name;
    case 'union':
      return isHugged(type) ? printHugged(type, at) : printUnion(type, at.indent + 2);
    case 'intersection':
      return printIntersection(type.members, at);
    case 'array':
      return printArray(type.element, at);
    case 'tuple':
      return printTuple(type, at.indent);
    case 'object':
      return printObject(type, at.indent);
  }
}

const pad = (indent: number): string => ' '.repeat(indent);

/** `{ … } | null` stays in its line; only the object breaks. */
function isHugged(type: UnionType): boolean {
  const objects = type.members.filter((member) => member.kind === 'object');
  return objects.length === 1 && type.members.every((member) => member.kind === 'object' || member.flat === 'null');
}

function printHugged(type: UnionType, at: Position): string {
  return type.members
    .map((member) => (member.kind === 'object' ? printObject(member, at.indent) : member.flat))
    .join(' | ');
}

function printUnion(type: UnionType, indent: number): string {
  return type.members.map((member) => `\n${pad(indent)}| ${printOperand(member, indent)}`).join('');
}

function printOperand(member: TsType, indent: number): string {
  if (!needsParentheses(member)) return printType(member, { indent: indent + 2, column: indent + 2, trailing: 1 });
  return `(${printType(member, { indent: indent + 2, column: indent + 3, trailing: 2 })})`;
}

function printIntersection(members: readonly TsType[], at: Position): string {
  const inner = at.indent + 2;
  return members
    .map((member, position) => {
      const lead = position === 0 ? '' : member.kind === 'object' ? ' & ' : ` &\n${pad(inner)}`;
      const indent = member.kind === 'object' ? at.indent : inner;
      const printed = printType(member, { indent, column: indent, trailing: 2 });
      return lead + (needsParentheses(member) ? `(${printed})` : printed);
    })
    .join('');
}

function printArray(element: TsType, at: Position): string {
  if (element.kind === 'union' && !isHugged(element)) {
    return `(${printUnion(element, at.indent + 2)}\n${pad(at.indent)})[]`;
  }
  const inner = printType(element, { ...at, trailing: at.trailing + 2 });
  return needsParentheses(element) ? `(${inner})[]` : `${inner}[]`;
}

function printTuple(type: TupleType, indent: number): string {
  const inner = indent + 2;
  const lines = type.elements.map(({ type: element, modifier }, position) => {
    const printed = printType(element, { indent: inner, column: inner + 3, trailing: 3 });
    const grouped = needsParentheses(element) && modifier !== '' ? `(${printed})` : printed;
    const line = modifier === '...' ? `...${grouped}[]` : grouped + modifier;
    return `${pad(inner)}${line}${position === type.elements.length - 1 && modifier === '...' ? '' : ','}`;
  });
  return `[\n${lines.join('\n')}\n${pad(indent)}]`;
}

export function printObject(type: ObjectType, indent: number): string {
  if (type.members.length === 0 && type.index === undefined) return '{}';
  return `{\n${printMembers(type, indent + 2)}${pad(indent)}}`;
}

/** The members of an object type or interface, each on lines of its own. */
export function printMembers(type: Pick<ObjectType, 'members' | 'index'>, indent: number): string {
  let text = '';
  if (type.index !== undefined)
    text += printMember({ key: '[key: string]', optional: false, type: type.index, doc: [] }, indent);
  for (const member of type.members) text += printMember(member, indent);
  return text;
}

function printMember({ key, optional, type, doc }: ObjectMember, indent: number): string {
  const start = `${pad(indent)}${key}${optional ? '?' : ''}:`;
  const printed = printType(type, { indent, column: start.length + 1, trailing: 1 });
  return `${docComment(doc, indent)}${start}${printed.startsWith('\n') ? '' : ' '}${printed};\n`;
}
