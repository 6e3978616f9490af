import { inputInvalid } from '../../input-error.js';
import { escapeAttribute, isXmlText } from '../../xml/index.js';
import { ns } from '../namespaces.js';
import { special } from '../xsd/property-names.js';
import type { Prefixes } from './names.js';

/** Attributes that the schema does not name, from an object of Clark names, each with a space before it. */
export function anyAttributes(value: unknown, path: readonly string[], prefixes: Prefixes): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return '';
  return Object.entries(value)
    .map(([clarkName, text]) => {
      const at = [...path, special.attributes, clarkName];
      const [, namespace = '', name = ''] = /^(?:\{([^{}]*)\})?([^{}:\s<>&"'=/]+)$/.exec(clarkName) ?? [];
      if (name === '') throw inputInvalid(at, 'must be named in the form {namespace}name');
      if (typeof text !== 'string' || !isXmlText(text)) throw inputInvalid(at, 'must be text that XML can hold');
      const written = namespace === ns.xml ? `xml:${name}` : prefixes.qualified(namespace, name);
      return ` ${written}="${escapeAttribute(text)}"`;
    })
    .join('');
}
