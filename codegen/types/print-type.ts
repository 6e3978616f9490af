import { docComment } from './doc-comment.js';
import {
  LINE_WIDTH,
  needsParentheses,
  type ObjectMember,
  type ObjectType,
  type TsType,
  type TupleElement,
  type TupleType,
  textWidth,
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
  if (type.flat !== undefined && at.column + textWidth(type.flat) + at.trailing <= LINE_WIDTH) return type.flat;
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
  const at = { indent: indent + 2, column: indent + 2, trailing: 1 };
  return type.members.map((member) => `\n${pad(indent)}| ${printOperand(member, at)}`).join('');
}

function printOperand(member: TsType, at: Position): string {
  if (!needsParentheses(member)) return printType(member, at);
  return `(${printType(member, { ...at, column: at.column + 1, trailing: at.trailing + 1 })})`;
}

/** Two names in a row break between them; an object opens in its line, indented when it is not among the first two. */
function printIntersection(members: readonly TsType[], at: Position): string {
  let text = '';
  let indented = false;
  members.forEach((member, position) => {
    const isObject = member.kind === 'object';
    const previous = members[position - 1];
    let lead = position === 0 ? '' : ' & ';
    let indent = at.indent;
    if (previous !== undefined && !isObject && previous.kind !== 'object') {
      indent += 2;
      lead = ` &\n${pad(indent)}`;
    } else if (previous !== undefined) {
      if (isObject !== (previous.kind === 'object') && position > 1) indented = true;
      if (indented) indent += 2;
    }
    const trailing = position === members.length - 1 ? at.trailing : 2;
    const place = { indent, column: columnAfter(text + lead, at.column), trailing };
    text += lead + (member.kind === 'union' ? printParenthesised(member, place) : printOperand(member, place));
  });
  return text;
}

function columnAfter(text: string, column: number): number {
  const lineStart = text.lastIndexOf('\n') + 1;
  return textWidth(text.slice(lineStart)) + (lineStart === 0 ? column : 0);
}

function printParenthesisedOperand(type: TsType, at: Position): string {
  return type.kind === 'union' && !isHugged(type) ? printParenthesised(type, at) : printOperand(type, at);
}

function printParenthesised(type: UnionType, at: Position): string {
  const { column, indent, trailing } = at;
  if (type.flat !== undefined && column + textWidth(type.flat) + trailing + 2 <= LINE_WIDTH) return `(${type.flat})`;
  return `(${printUnion(type, indent + 2)}\n${pad(indent)})`;
}

function printArray(element: TsType, at: Position): string {
  return `${printParenthesisedOperand(element, { ...at, trailing: at.trailing + 2 })}[]`;
}

function printTuple(type: TupleType, indent: number): string {
  const lines = type.elements.map((element) => `${pad(indent + 2)}${printElement(element, indent + 2)},\n`);
  return `[\n${lines.join('')}${pad(indent)}]`;
}

function printElement({ type, modifier }: TupleElement, indent: number): string {
  const at = { indent, column: indent, trailing: 1 };
  if (modifier === '...') return `...${printArray(type, { ...at, column: indent + 3 })}`;
  if (modifier === '?') return `${printParenthesisedOperand(type, { ...at, trailing: 2 })}?`;
  if (type.kind !== 'union' || isHugged(type)) return printType(type, at);
  const fits = type.flat !== undefined && indent + textWidth(type.flat) + 1 <= LINE_WIDTH;
  return fits ? printType(type, at) : printParenthesised(type, at);
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
