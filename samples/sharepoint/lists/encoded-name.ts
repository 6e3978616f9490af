/** SharePoint's internal names: what is no letter or digit stands as `_x0020_`; at most 32 characters. */
export const encodedName = (title: string): string =>
  [...title]
    .map((sign) => (/[A-Za-z0-9_]/.test(sign) || sign.codePointAt(0) === undefined ? sign : code(sign)))
    .join('')
    .slice(0, 32);

const code = (sign: string): string =>
  /\p{L}/u.test(sign) && sign.length === 1 ? sign : `_x${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}_`;

/** A name that is not taken yet: `Status`, `Status0`, `Status1`, … */
export function freeName(wanted: string, taken: (name: string) => boolean): string {
  let name = wanted;
  for (let count = 0; taken(name); count += 1) name = `${wanted}${count}`;
  return name;
}
