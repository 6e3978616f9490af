import { type Documents, isRawObject, type Located, pointerTo, rawArray, rawObject, rawText } from '../load/index.js';

/** A schema that extends another by `allOf`. */
export interface Subtype {
  /** Its name among the components, which is what the discriminator says by default. */
  readonly name: string;
  readonly located: Located;
}

/** A discriminator in one shape, whichever dialect it was written in. */
export interface RawDiscriminator {
  readonly propertyName: string;
  /** Value on the wire → reference or component name. */
  readonly mapping: Readonly<Record<string, string>>;
}

/** Reads `discriminator`: an object (OpenAPI 3) or a property name (Swagger 2.0). */
export function discriminatorOf(raw: unknown): RawDiscriminator | undefined {
  const { discriminator } = rawObject(raw);
  if (typeof discriminator === 'string' && discriminator !== '') return { propertyName: discriminator, mapping: {} };
  if (!isRawObject(discriminator)) return undefined;
  const propertyName = rawText(discriminator.propertyName);
  if (propertyName === undefined) return undefined;
  const mapping: Record<string, string> = {};
  for (const [value, target] of Object.entries(rawObject(discriminator.mapping))) {
    if (typeof target === 'string') mapping[value] = target;
  }
  return { propertyName, mapping };
}

/** The value that a Swagger 2.0 schema says stands for it in the discriminator. */
export function discriminatorValueOf(raw: unknown): string | undefined {
  const schema = rawObject(raw);
  return rawText(schema['x-discriminator-value']) ?? rawText(schema['x-ms-discriminator-value']);
}

/** Who extends whom, over the components of all loaded documents. Built once, when a discriminator first asks. */
export class Subtypes {
  readonly #documents: Documents;
  #children: Map<unknown, Subtype[]> | undefined;

  constructor(documents: Documents) {
    this.#documents = documents;
  }

  /** The schemas that extend a schema, directly or through others, each once. */
  of(value: unknown): Subtype[] {
    this.#children ??= this.#index();
    const found: Subtype[] = [];
    const seen = new Set<unknown>([value]);
    const pending = [...(this.#children.get(value) ?? [])].reverse();
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (seen.has(next.located.value)) continue;
      seen.add(next.located.value);
      found.push(next);
      pending.push(...[...(this.#children.get(next.located.value) ?? [])].reverse());
    }
    return found;
  }

  #index(): Map<unknown, Subtype[]> {
    const children = new Map<unknown, Subtype[]>();
    for (const { name, located } of this.#components()) {
      for (const member of rawArray(rawObject(located.value).allOf)) {
        if (!isRawObject(member) || typeof member.$ref !== 'string') continue;
        const parent = this.#documents.final(member.$ref, located.site)?.value;
        if (parent === undefined) continue;
        const siblings = children.get(parent);
        if (siblings) siblings.push({ name, located });
        else children.set(parent, [{ name, located }]);
      }
    }
    return children;
  }

  *#components(): Generator<Subtype> {
    for (const document of this.#documents.all()) {
      const root = rawObject(document.root);
      for (const [place, schemas] of [
        ['/components/schemas', rawObject(root.components).schemas],
        ['/definitions', root.definitions],
      ] as const) {
        for (const [name, value] of Object.entries(rawObject(schemas))) {
          yield { name, located: { value, site: { document, base: document.base, pointer: pointerTo(place, name) } } };
        }
      }
    }
  }
}
