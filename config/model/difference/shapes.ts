import type { JsonSchema, JsonSchemaObject } from '../json-schema.js';
import { bareShape } from './bare-shape.js';
import { inner, isNull, type Part, type Place, target } from './schema-place.js';
import { anything, mergedShape, type Shape } from './shape.js';

const nothing: Shape = { ...anything, types: new Set(), nullable: false };

/** Schemas that lead to one another more often in a row are taken for anything. */
const DEEPEST = 500;

/** The shapes of one description's schemas, each made once. */
export class Shapes {
  readonly #known = new WeakMap<object, Shape>();
  readonly #alternatives = new WeakMap<Shape, readonly Place[]>();
  #depth = 0;

  of(place: Place): Shape {
    const { parts, within } = place;
    const [first, ...more] = parts;
    if (more.length === 0 && within === undefined) return this.#ofPart(first);
    return this.#once(place, () => parts.map((part) => this.#ofPart(part)).reduce(mergedShape, within ?? anything));
  }

  /**
   * What a value with one choice is one of, each with all that stands beside the choice; without a choice, the value itself. Null
   * is left out.
   */
  alternatives(place: Place): readonly Place[] {
    const shape = this.of(place);
    const known = this.#alternatives.get(shape);
    if (known !== undefined) return known;
    const [choice] = shape.choices;
    const beside = choice === undefined ? (place.within ?? anything) : { ...shape, types: undefined, choices: [] };
    const within: Shape = { ...beside, nullable: false };
    const alternatives = (choice ?? [place]).map(({ parts }): Place => ({ parts, within }));
    this.#alternatives.set(shape, alternatives);
    return alternatives;
  }

  #ofPart(part: Part): Shape {
    const { schema } = part;
    if (typeof schema === 'boolean') return schema ? anything : nothing;
    return this.#once(schema, () => this.#composed(part, schema));
  }

  /** A schema that is made of itself is taken for anything there. */
  #once(key: object, make: () => Shape): Shape {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#depth > DEEPEST) return anything;
    this.#known.set(key, anything);
    this.#depth++;
    const shape = make();
    this.#depth--;
    this.#known.set(key, shape);
    return shape;
  }

  #composed(part: Part, schema: JsonSchemaObject): Shape {
    const { $ref, allOf, oneOf, anyOf } = schema;
    const own = bareShape(part, schema);
    const shapes: Shape[] = [];
    const referred = $ref === undefined ? undefined : target(part, $ref);
    if (referred !== undefined) shapes.push(this.#ofPart(referred));
    allOf?.forEach((piece, index) => {
      shapes.push(this.#ofPart(inner(part, piece, 'allOf', index)));
    });
    if (oneOf !== undefined) shapes.push(this.#choice(part, 'oneOf', oneOf));
    if (anyOf !== undefined) shapes.push(this.#choice(part, 'anyOf', anyOf));
    return shapes.length === 0 ? own : [...shapes, own].reduce(mergedShape);
  }

  #choice(part: Part, keyword: 'oneOf' | 'anyOf', members: readonly JsonSchema[]): Shape {
    const places = members.flatMap((member, index): Place[] =>
      isNull(member) ? [] : [{ parts: [inner(part, member, keyword, index)] }],
    );
    const shapes = places.map((place) => this.of(place));
    const nullable = places.length < members.length || shapes.some((shape) => shape.nullable);
    const [only, ...more] = shapes;
    if (only !== undefined && more.length === 0) return { ...only, nullable };
    const types = shapes.every((shape) => shape.types !== undefined)
      ? new Set(shapes.flatMap((shape) => [...(shape.types ?? [])]))
      : undefined;
    return { ...anything, types, nullable, choices: places.length === 0 ? [] : [places] };
  }
}
