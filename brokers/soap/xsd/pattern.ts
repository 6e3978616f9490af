/**
 * A `pattern` facet as an ECMAScript expression, to be used with the `u` flag (Part 2 Appendix F). Undefined where it uses what
 * ECMAScript has no equal for: the value is not checked then.
 */
export function patternOf(expression: string): string | undefined {
  if (/\[(?:[^\]\\]|\\.)*-\[/.test(expression)) return undefined; // character class subtraction
  let translated = '';
  let inClass = false;
  for (let at = 0; at < expression.length; at++) {
    const character = expression[at] ?? '';
    if (character === '\\') {
      const kind = expression[++at] ?? '';
      const block = kind === 'p' || kind === 'P' ? /^\{([\w-]+)\}/.exec(expression.slice(at + 1)) : null;
      const made = block === null ? escaped(kind, inClass) : category(kind, block[1] ?? '', inClass);
      if (made === undefined) return undefined;
      translated += made;
      at += block?.[0].length ?? 0;
    } else if (inClass) {
      if (character === ']') inClass = false;
      translated += character === '[' ? '\\[' : character;
    } else if (character === '[') {
      inClass = true;
      translated += character;
    } else if (character === '^' || character === '$') translated += `\\${character}`;
    else if (character === '.') translated += '[^\\n\\r]';
    else translated += character;
  }
  const whole = `^(?:${translated})$`;
  return isValid(whole) ? whole : undefined;
}

const nameStart =
  ':A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C-\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF';
const nameCharacter = `${nameStart}\\-.0-9\\u00B7\\u0300-\\u036F\\u203F-\\u2040`;

function escaped(kind: string, inClass: boolean): string | undefined {
  switch (kind) {
    case 'i':
      return inClass ? nameStart : `[${nameStart}]`;
    case 'c':
      return inClass ? nameCharacter : `[${nameCharacter}]`;
    case 'I':
      return inClass ? undefined : `[^${nameStart}]`;
    case 'C':
      return inClass ? undefined : `[^${nameCharacter}]`;
    case 's':
      return inClass ? ' \\t\\n\\r' : '[ \\t\\n\\r]';
    case 'S':
      return inClass ? undefined : '[^ \\t\\n\\r]';
    case 'd':
      return '\\p{Nd}';
    case 'D':
      return '\\P{Nd}';
    case 'w':
      return inClass ? undefined : '[^\\p{P}\\p{Z}\\p{C}]';
    case 'W':
      return inClass ? '\\p{P}\\p{Z}\\p{C}' : '[\\p{P}\\p{Z}\\p{C}]';
    case 'n':
    case 'r':
    case 't':
      return `\\${kind}`;
    default:
      return /[\\|.?*+(){}[\]^$/-]/.test(kind) ? (kind === '-' && !inClass ? '-' : `\\${kind}`) : kind;
  }
}

const blocks: ReadonlyMap<string, string> = new Map([
  ['IsBasicLatin', '\\u0000-\\u007F'],
  ['IsLatin-1Supplement', '\\u0080-\\u00FF'],
]);

/** `\p{L}` is the same in both; of the blocks only the simplest have a short equal. */
function category(kind: string, name: string, inClass: boolean): string | undefined {
  if (/^(?:[LMNPZSC][a-z]?)$/.test(name)) return `\\${kind}{${name}}`;
  const range = kind === 'p' ? blocks.get(name) : undefined;
  return range === undefined || inClass ? range : `[${range}]`;
}

function isValid(expression: string): boolean {
  try {
    new RegExp(expression, 'u');
    return true;
  } catch {
    return false;
  }
}
