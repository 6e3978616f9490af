import { inputInvalid } from '../../input-error.js';
import { parseXml, writeContent, XmlSyntaxError } from '../../xml/index.js';

/** The same, where only elements may stand. */
export function elements(value: unknown, path: readonly string[]): string {
  const xml = fragment(value, path);
  const isText = parseXml(`<x>${xml}</x>`).content.some((child) => typeof child === 'string' && child.trim() !== '');
  if (isText || xml === '') throw inputInvalid(path, 'must be XML elements');
  return xml;
}

/** XML that the caller gives: parsed and written anew, so that it is well-formed and declares what it uses. */
export function fragment(value: unknown, path: readonly string[]): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw inputInvalid(path, 'must be XML as text');
  try {
    return writeContent(parseXml(`<x>${value}</x>`));
  } catch (error) {
    if (!(error instanceof XmlSyntaxError)) throw error;
    throw inputInvalid(path, `must be well-formed XML: ${error.message}`, error);
  }
}
