/** One program with its arguments, as a shell would start it. */
export type Words = readonly string[];

/**
 * The programs that a text of shell commands starts. A line may be continued with a backslash, and hold several commands with
 * `&&` or `|`. What a program is given from files and variables stands as it is written; lines that start none of the wanted
 * programs are left to the caller.
 */
export function commandsIn(text: string): Words[] {
  return text
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .flatMap((line) => programs(line.replace(/^\$ /, '')));
}

function programs(line: string): Words[] {
  const all: string[][] = [[]];
  for (const [token, single, double] of line.matchAll(/'([^']*)'|"((?:[^"\\]|\\.)*)"|&&|\||#.*|[^\s'"|&#]+|\S/g)) {
    if (token.startsWith('#')) break;
    if (token === '&&' || token === '|') all.push([]);
    else all.at(-1)?.push(single ?? double ?? token);
  }
  return all
    .map(withoutRedirection)
    .map(withoutAssignments)
    .filter((words) => words.length > 0);
}

/** `program … > file` → `program …`. */
function withoutRedirection(words: readonly string[]): Words {
  const end = words.findIndex((word) => word.startsWith('>'));
  return end < 0 ? words : words.slice(0, end);
}

/** `NAME=value program …` → `program …`. */
function withoutAssignments(words: readonly string[]): Words {
  const first = words.findIndex((word) => !/^[A-Z_]+=/.test(word));
  return first < 0 ? [] : words.slice(first);
}

/** The arguments of `smartwright`, however it is started; undefined for another program. */
export function smartwrightArguments(words: Words): Words | undefined {
  for (const start of [['smartwright'], ['npx', 'smartwright'], ['npm', 'run', '-s', 'smartwright', '--']]) {
    if (start.every((word, at) => words[at] === word)) return words.slice(start.length);
  }
  return undefined;
}
