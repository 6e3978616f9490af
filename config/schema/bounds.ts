/** What ajv found: the keyword that failed and its parameters. */
interface Finding {
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * Says for people that something is too short, too long, or has too few or too many entries (JSON Schema Validation 2020-12
 * §6.3 to §6.5). Undefined: the finding is of another kind.
 */
export function explainBound({ keyword, params }: Finding): string | undefined {
  return messages[keyword]?.(Number(params.limit));
}

const atLeast = (unit: string) => (limit: number) =>
  limit === 1 ? 'must not be empty' : `must have ${limit} ${unit} or more`;
const atMost = (unit: string, one: string) => (limit: number) =>
  limit === 1 ? `must have one ${one} only` : `must have ${limit} ${unit} or fewer`;

const messages: Readonly<Record<string, (limit: number) => string>> = {
  minLength: atLeast('characters'),
  maxLength: atMost('characters', 'character'),
  minItems: atLeast('entries'),
  minProperties: atLeast('entries'),
  maxItems: atMost('entries', 'entry'),
  maxProperties: atMost('entries', 'entry'),
};
