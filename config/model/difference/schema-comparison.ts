import { type JsonSchema, referencedTypes, type TypeMap } from '../json-schema.js';
import { compareShapes } from './compare-shapes.js';
import { type Direction, type Impact, type SchemaChangeCode, schemaChanges } from './impact.js';
import { nearest, type Place, pointerOf, type Root, rootPlace, TypeRoots, unwrapped } from './schema-place.js';
import type { Shape } from './shape.js';
import { Shapes } from './shapes.js';

/** A method of the former description, by its place in the list of those that are compared. */
export type MethodNumber = number;

/** Something that differs in a schema. */
export interface SchemaChange {
  readonly code: SchemaChangeCode;
  readonly impact: Impact;
  readonly direction: Direction;
  readonly pointer: string;
  /** The end of a sentence that begins with what is at the pointer. */
  readonly text: string;
  /** The schemas that it was found in. */
  readonly nodes: Set<Node>;
}

/** Two schemas that are compared once for each direction, whoever uses them. */
export interface Node {
  /** What refers to them; the same one may be there several times. */
  readonly users: (Node | MethodNumber)[];
  readonly former: Root;
  readonly latter: Root;
  readonly direction: Direction;
  /** The pairs inside that were compared already, scalars left out. */
  seen?: Set<PairKey>;
}

/** Two schemas, as one number. */
type PairKey = number;

/** Schemas that one comparison can tell apart. */
const MOST_SCHEMAS = 2 ** 26;

/** Two schemas at their places. */
interface Pair {
  readonly former: Place;
  readonly latter: Place;
}

interface Task extends Pair {
  /** Where the pair was met. */
  readonly node: Node;
}

/**
 * Compares the schemas of two descriptions. Each pair of named types is compared once for each direction, so the cost is linear in
 * the size of the descriptions, and types that contain one another come to an end.
 */
export class SchemaComparison {
  readonly #former: { readonly roots: TypeRoots; readonly shapes: Shapes };
  readonly #latter: { readonly roots: TypeRoots; readonly shapes: Shapes };
  readonly #nodes = { input: new Map<PairKey, Node>(), output: new Map<PairKey, Node>() };
  readonly #changes = new Map<string, SchemaChange>();
  readonly #ids = new WeakMap<object, number>();
  readonly #same = new Map<PairKey, readonly Pair[] | 'different'>();
  readonly #tasks: Task[] = [];
  #lastId = 0;

  constructor(former: TypeMap, latter: TypeMap) {
    this.#former = { roots: new TypeRoots(former), shapes: new Shapes() };
    this.#latter = { roots: new TypeRoots(latter), shapes: new Shapes() };
  }

  get changes(): Iterable<SchemaChange> {
    return this.#changes.values();
  }

  /** Compares what one method takes or gives. @param pointer where it is in both descriptions */
  compare(former: JsonSchema, latter: JsonSchema, pointer: string, direction: Direction, method: MethodNumber): void {
    const roots = {
      former: { schema: former, pointer, types: this.#former.roots },
      latter: { schema: latter, pointer, types: this.#latter.roots },
    };
    const node: Node = { ...roots, users: [method], direction };
    this.#tasks.push({ node, former: rootPlace(roots.former), latter: rootPlace(roots.latter) });
    for (let task = this.#tasks.pop(); task !== undefined; task = this.#tasks.pop()) this.#visit(task);
  }

  #visit(task: Task): void {
    const former = unwrapped(task.former);
    const latter = unwrapped(task.latter);
    const pair = { former: former.place, latter: latter.place };
    const node = this.#nodeOf(pair.former, pair.latter, task.node);
    const key = this.#pairKey(pair.former, pair.latter);
    const used = isRoot(pair.former) && isRoot(pair.latter) ? this.#typesOfSame(pair, key) : undefined;
    if (used === undefined || former.nullable !== latter.nullable) this.#compareNull(task, node, former, latter);
    if (node.seen?.has(key) === true) return;
    if (used !== undefined) {
      remember(node, key);
      for (const type of used) this.#tasks.push({ node, ...type });
      return;
    }
    const { direction } = node;
    const sides = {
      former: { place: pair.former, shape: this.#former.shapes.of(pair.former), shapes: this.#former.shapes },
      latter: { place: pair.latter, shape: this.#latter.shapes.of(pair.latter), shapes: this.#latter.shapes },
    };
    if (hasParts(sides.former.shape) || hasParts(sides.latter.shape)) remember(node, key);
    compareShapes({
      ...sides,
      direction,
      found: (code, pointer, text) => this.#found(node, code, pointer, text),
      descend: (before, after) => this.#tasks.push({ node, former: before, latter: after }),
    });
  }

  /**
   * The types that two schemas refer to, when their texts are the same: only there can anything differ. Nearly all schemas of a
   * service that is described again are such.
   */
  #typesOfSame({ former, latter }: Pair, key: PairKey): readonly Pair[] | undefined {
    const known = this.#same.get(key);
    if (known !== undefined) return known === 'different' ? undefined : known;
    const used = sameTypes(nearest(former).root, nearest(latter).root);
    this.#same.set(key, used ?? 'different');
    return used;
  }

  /** Null that stands beside a reference belongs to the place, not to what is referred to. */
  #compareNull(task: Task, inside: Node, former: Unwrapped, latter: Unwrapped): void {
    const before = this.#former.shapes.of(former.place);
    const after = this.#latter.shapes.of(latter.place);
    // What says nothing of its type says nothing of null either.
    if (before.types === undefined || after.types === undefined) return;
    const was = former.nullable || before.nullable;
    const is = latter.nullable || after.nullable;
    if (was === is) return;
    const wrapped = former.nullable || latter.nullable;
    const [node, pointer] = wrapped ? [task.node, pointerOf(task.latter)] : [inside, pointerOf(latter.place)];
    if (is) this.#found(node, 'NULL_ADDED', pointer, 'can be null now');
    else this.#found(node, 'NULL_REMOVED', pointer, 'can no longer be null');
  }

  /** Schemas of the node's own roots belong to the node; what is referred to has a node of its own. */
  #nodeOf(former: Place, latter: Place, user: Node): Node {
    const own = nearest(former).root === user.former && nearest(latter).root === user.latter;
    if (own && !isNamedType(former) && !isNamedType(latter)) return user;
    const nodes = this.#nodes[user.direction];
    const key = this.#pairKey(former, latter);
    const known = nodes.get(key);
    if (known !== undefined) {
      if (known.users.at(-1) !== user) known.users.push(user);
      return known;
    }
    const roots = { former: nearest(former).root, latter: nearest(latter).root };
    const node: Node = { ...roots, users: [user], direction: user.direction };
    nodes.set(key, node);
    return node;
  }

  #found(node: Node, code: SchemaChangeCode, pointer: string, text: string): void {
    const { direction } = node;
    const impact = schemaChanges[code][direction];
    if (impact === 'none') return;
    const key = `${direction} ${code} ${pointer} ${text}`;
    const known = this.#changes.get(key);
    if (known === undefined) this.#changes.set(key, { code, impact, direction, pointer, text, nodes: new Set([node]) });
    else known.nodes.add(node);
  }

  #pairKey(former: Place, latter: Place): PairKey {
    return this.#idOf(former) * MOST_SCHEMAS + this.#idOf(latter);
  }

  /** A schema is the same one wherever it is met; a place that several schemas make up is met as the same object. */
  #idOf(place: Place): number {
    const [{ schema }, ...more] = place.parts;
    const identity = more.length === 0 && place.within === undefined && typeof schema === 'object' ? schema : place;
    const known = this.#ids.get(identity);
    if (known !== undefined) return known;
    this.#lastId++;
    this.#ids.set(identity, this.#lastId);
    return this.#lastId;
  }
}

const isNamedType = (place: Place): boolean => isRoot(place) && nearest(place).root.typeName !== undefined;

function isRoot({ parts: [part, ...more], within }: Place): boolean {
  return more.length === 0 && within === undefined && part.path === '';
}

function remember(node: Node, key: PairKey): void {
  node.seen ??= new Set();
  node.seen.add(key);
}

/** Whether there is anything inside a value that could lead back to it. */
function hasParts({ properties, additional, items, prefix, patterns, choices }: Shape): boolean {
  const parts = properties.size + prefix.length + patterns.size + choices.length;
  return parts > 0 || additional !== undefined || items !== undefined;
}

function sameTypes(former: Root, latter: Root): Pair[] | undefined {
  if (JSON.stringify(former.schema) !== JSON.stringify(latter.schema)) return undefined;
  const used: Pair[] = [];
  for (const name of referencedTypes(former.schema)) {
    const [before, after] = [former.types.root(name), latter.types.root(name)];
    if (before === undefined && after === undefined) continue;
    if (before === undefined || after === undefined) return undefined;
    used.push({ former: rootPlace(before), latter: rootPlace(after) });
  }
  return used;
}

type Unwrapped = ReturnType<typeof unwrapped>;
