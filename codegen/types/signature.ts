import { type JsonSchema, type JsonSchemaObject, referencedType } from '../../config/model/json-schema.js';

/** Keywords that say something to a reader and nothing about values. */
const SILENT = new Set(
  '$comment title description default deprecated readOnly writeOnly examples format pattern'.split(' '),
);
const MAPS = new Set(['properties', 'patternProperties']);
const LISTS = new Set(['prefixItems', 'allOf', 'anyOf', 'oneOf']);
const SINGLE = new Set(['items', 'contains', 'additionalProperties', 'propertyNames', 'unevaluatedProperties', 'not']);

/** Tells schemas apart by what they say of values. Each schema is read once, so the cost is linear. */
export class Signatures {
  readonly #known = new Map<JsonSchemaObject, string | undefined>();

  /** Equal for schemas of the same structure; undefined for one that points into the schema around it, which means nothing elsewhere. */
  of(schema: JsonSchema): string | undefined {
    if (typeof schema === 'boolean') return String(schema);
    if (this.#known.has(schema)) return this.#known.get(schema);
    const signature = this.#read(schema);
    this.#known.set(schema, signature);
    return signature;
  }

  #read(schema: JsonSchemaObject): string | undefined {
    if (schema.$ref !== undefined && referencedType(schema.$ref) === undefined) return undefined;
    let text = '{';
    for (const [keyword, value] of Object.entries(schema)) {
      if (SILENT.has(keyword) || keyword.startsWith('x-enum-') || value === undefined) continue;
      const part = this.#part(keyword, value);
      if (part === undefined) return undefined;
      text += `${keyword}:${part},`;
    }
    return `${text}}`;
  }

  #part(keyword: string, value: unknown): string | undefined {
    if (SINGLE.has(keyword)) return this.of(value as JsonSchema);
    const parts: [string, JsonSchema][] | undefined = MAPS.has(keyword)
      ? Object.entries(value as Record<string, JsonSchema>)
      : LISTS.has(keyword)
        ? (value as JsonSchema[]).map((part) => ['', part])
        : undefined;
    if (parts === undefined) return JSON.stringify(value);
    let text = '[';
    for (const [name, part] of parts) {
      const signature = this.of(part);
      if (signature === undefined) return undefined;
      text += `${JSON.stringify(name)}:${signature},`;
    }
    return `${text}]`;
  }
}
