import type { Schemas } from '../../api/client.ts';

type Overlay = NonNullable<Schemas['ServiceInstance']['overlay']>;
type Objects = Schemas['Discovery']['serviceObjects'];

/** What a person decided about names that discovery gave: an object's is `Contact`, a method's `Contact.List`. */
export interface Edits {
  readonly hidden: ReadonlySet<string>;
  readonly names: ReadonlyMap<string, string>;
}

/** What an overlay already says of these names; patterns and operations in it are left to whoever wrote them. */
export function editsOf(overlay: Overlay | undefined): Edits {
  const rules = { ...overlay?.objects, ...overlay?.methods };
  const named = Object.entries(rules).flatMap(([name, rule]) =>
    rule.name === undefined ? [] : [[name, rule.name] as const],
  );
  return { hidden: new Set(overlay?.hide?.filter(isPlainName) ?? []), names: new Map(named) };
}

const isPlainName = (rule: string): boolean => /^\w+(?:\.\w+)?$/.test(rule);

/** The overlay with these decisions; everything else that it says stays. Undefined when nothing is left to say. */
export function editedOverlay(
  before: Overlay | undefined,
  objects: Objects,
  { hidden, names }: Edits,
): Overlay | undefined {
  const { hide = [], objects: objectRules = {}, methods: methodRules = {}, ...rest } = before ?? {};
  const methodNames = objects.flatMap(({ name, methods }) => methods.map((method) => `${name}.${method.name}`));
  const kept = hide.filter((rule) => !isPlainName(rule));
  const overlay = {
    ...rest,
    hide: [...kept, ...hidden],
    objects: renamed(
      objectRules,
      objects.map(({ name }) => name),
      names,
    ),
    methods: renamed(methodRules, methodNames, names),
  };
  const said = Object.entries(overlay).filter(([, part]) => Object.keys(part ?? {}).length > 0);
  return said.length === 0 ? undefined : (Object.fromEntries(said) as Overlay);
}

function renamed<Rule extends { name?: string }>(
  rules: Readonly<Record<string, Rule>>,
  known: readonly string[],
  names: ReadonlyMap<string, string>,
): Record<string, Rule> {
  const result: Record<string, Rule> = { ...rules };
  for (const name of known) {
    const { name: _, ...others } = result[name] ?? ({} as Rule);
    const wanted = names.get(name);
    const rule = { ...others, ...(wanted !== undefined && wanted !== '' && { name: wanted }) } as Rule;
    if (Object.keys(rule).length > 0) result[name] = rule;
    else delete result[name];
  }
  return result;
}
