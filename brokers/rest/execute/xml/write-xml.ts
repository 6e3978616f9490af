import { inputInvalid } from '../../../input-error.js';
import type { XmlPlan } from '../../plan.js';
import { isAbsent, isRecord, scalar } from '../scalar.js';
import { itemName, propertyPlan, resolve, type XmlScope } from './names.js';

/** Prefix → namespace, as declared by the elements around. The empty prefix is the default namespace. */
type Namespaces = Readonly<Record<string, string>>;

/** Depth of nesting beyond which a value is refused. */
const MAX_DEPTH = 200;

/**
 * Writes a value as an XML document (OpenAPI 3.1 §4.8.26).
 *
 * @param rootName of the root element where the plan names none
 * @throws CallerError INPUT_INVALID for text that XML cannot hold
 */
export function writeXml(value: unknown, plan: XmlPlan | undefined, rootName = 'root'): string {
  const { plan: root, scope } = resolve(plan, []);
  const name = root.name ?? rootName;
  const wrapped = Array.isArray(value) ? { ...root, wrapped: true } : root;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${property(name, value, wrapped, scope, {}, [name])}`;
}

/** A property: one element, or, for a list, several. */
function property(
  name: string,
  value: unknown,
  given: XmlPlan | undefined,
  outer: XmlScope,
  declared: Namespaces,
  path: readonly string[],
): string {
  if (isAbsent(value)) return '';
  if (path.length > MAX_DEPTH) throw inputInvalid(path.slice(0, 3), `is nested deeper than ${MAX_DEPTH} levels`);
  const { plan, scope } = resolve(given, outer);
  if (!Array.isArray(value)) return element(plan.name ?? name, value, plan, scope, declared, path);
  const items = resolve(plan.items, scope);
  const each = itemName(plan, items.plan, name);
  const write = (inner: Namespaces) =>
    value
      .map((item, index) =>
        property(each, item, { ...items.plan, name: each }, items.scope, inner, [...path, String(index)]),
      )
      .join('');
  if (plan.wrapped !== true) return write(declared);
  const tag = startTag(plan.name ?? name, plan, declared);
  return `<${tag.open}>${write(tag.declared)}</${tag.name}>`;
}

function element(
  name: string,
  value: unknown,
  plan: XmlPlan,
  scope: XmlScope,
  declared: Namespaces,
  path: readonly string[],
): string {
  const tag = startTag(name, plan, declared);
  if (!isRecord(value)) return `<${tag.open}>${contentText(scalar(value), path)}</${tag.name}>`;
  let attributes = '';
  let content = '';
  for (const [key, member] of Object.entries(value)) {
    const { plan: memberPlan } = resolve(propertyPlan(plan, key), scope);
    const inside = [...path, key];
    if (memberPlan.attribute === true) attributes += attribute(key, member, memberPlan, tag.declared, inside);
    else if (memberPlan.text === true) content += isAbsent(member) ? '' : contentText(scalar(member), inside);
    else content += property(key, member, memberPlan, scope, tag.declared, inside);
  }
  return `<${tag.open}${attributes}>${content}</${tag.name}>`;
}

function attribute(key: string, value: unknown, plan: XmlPlan, declared: Namespaces, path: readonly string[]): string {
  if (isAbsent(value)) return '';
  const name = qualified(plan.name ?? key, plan.prefix);
  // An attribute without a prefix has no namespace (Namespaces in XML 1.0 §6.2), so only a prefix is declared for it.
  const declaration = plan.prefix === undefined ? '' : declare(plan, declared);
  return `${declaration} ${name}="${attributeText(scalar(value), path)}"`;
}

interface Tag {
  readonly name: string;
  /** What stands in the start tag: the name and its declarations. */
  readonly open: string;
  readonly declared: Namespaces;
}

function startTag(localName: string, plan: XmlPlan, declared: Namespaces): Tag {
  const name = qualified(localName, plan.prefix);
  const declaration = declare(plan, declared);
  const inner = declaration === '' ? declared : { ...declared, [plan.prefix ?? '']: plan.namespace ?? '' };
  return { name, open: name + declaration, declared: inner };
}

/** The declaration of a plan's namespace, unless it holds already. */
function declare({ namespace, prefix = '' }: XmlPlan, declared: Namespaces): string {
  if (namespace === undefined || declared[prefix] === namespace) return '';
  return ` xmlns${prefix === '' ? '' : `:${prefix}`}="${attributeText(namespace, ['xml', 'namespace'])}"`;
}

function qualified(localName: string, prefix: string | undefined): string {
  const name = prefix === undefined ? localName : `${prefix}:${localName}`;
  if (/^[\p{L}_][\p{L}\p{N}_.\-:]*$/u.test(name)) return name;
  throw inputInvalid(localName, 'cannot be written as XML: the name is not one that an element may have');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // References, where a parser would change the character itself (XML 1.0 §2.11, §3.3.3).
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

function contentText(text: string, path: readonly string[]): string {
  return checked(text, path).replace(/[&<>\r]/g, entity);
}

function attributeText(text: string, path: readonly string[]): string {
  return checked(text, path).replace(/[&<>"\r\n\t]/g, entity);
}

function entity(character: string): string {
  return entities[character] ?? character;
}

function checked(text: string, path: readonly string[]): string {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const allowed = code >= 0x20 ? code !== 0xfffe && code !== 0xffff : code === 0x09 || code === 0x0a || code === 0x0d;
    if (!allowed) throw inputInvalid(path, 'has a control character, which XML cannot hold');
  }
  return text;
}
