/** The named fields of an object that are there; whatever else a caller sent is left behind. */
export function fieldsOf<T extends object, K extends keyof T>(from: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]])) as Pick<
    T,
    K
  >;
}

/** Whether one of the texts has the part in it, in either case. */
export function mentions(part: string | undefined, ...texts: readonly string[]): boolean {
  const wanted = part?.toLowerCase();
  return wanted === undefined || texts.some((text) => text.toLowerCase().includes(wanted));
}
