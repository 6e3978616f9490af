import { Buffer, isAscii } from 'node:buffer';
import { ConfigurationError } from '../../../config/model/errors.js';
import type { Findings } from '../../source/index.js';
import { asWindows1252 } from '../../windows-1252.js';

/**
 * A descriptor's bytes as text: UTF-8, UTF-16 when a byte order mark or the first two characters say so (RFC 4627 §3), and what is
 * none of them and still text as Windows-1252, with a warning.
 *
 * @throws ConfigurationError DESCRIPTOR_INVALID when the bytes are empty, binary, HTML or XML; the message says which
 */
export function decodeText(bytes: Uint8Array, location: string, findings: Findings): string {
  if (bytes.byteLength === 0) throw invalid(location, 'is empty');
  const magic = magicOf(bytes);
  if (magic !== undefined) throw invalid(location, `is ${magic}`);
  let text: string;
  try {
    const charset = charsetOf(bytes);
    text =
      charset === 'utf-8' && isAscii(bytes)
        ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
        : new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch (error) {
    if (!isText(bytes)) throw invalid(location, 'is a binary file or not encoded in UTF-8', error);
    const message = 'The document is not encoded in UTF-8; it was read as Windows-1252. Save it as UTF-8.';
    findings.warn('ENCODING', message, { location });
    const decoder = new TextDecoder('windows-1252');
    text = asWindows1252(decoder.decode(bytes), decoder);
  }
  if (hasMark(bytes))
    findings.warn('BYTE_ORDER_MARK', 'The document starts with a byte order mark; it was dropped.', { location });
  if (text.includes('\0')) throw invalid(location, 'is a binary file');
  const head = text.slice(0, 1024).trimStart().toLowerCase();
  if (head === '') {
    if (text.trim() === '') throw invalid(location, 'is empty');
  } else if (/^(<!doctype html|<html|<head|<body|<!--.*<html)/s.test(head)) {
    throw invalid(location, 'is an HTML page, perhaps a sign-in or documentation page');
  } else if (head.startsWith('<')) {
    throw invalid(location, /<(wsdl:)?definitions|wsdl/.test(head) ? 'is a WSDL document' : 'is an XML document');
  }
  return text;
}

const MAGIC: readonly (readonly [string, readonly number[]])[] = [
  ['gzip data', [0x1f, 0x8b]],
  ['a ZIP archive', [0x50, 0x4b, 0x03, 0x04]],
  ['a PDF file', [0x25, 0x50, 0x44, 0x46]],
  ['a PNG image', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG image', [0xff, 0xd8, 0xff]],
  ['a GIF image', [0x47, 0x49, 0x46, 0x38]],
  ['a program (ELF)', [0x7f, 0x45, 0x4c, 0x46]],
];

function magicOf(bytes: Uint8Array): string | undefined {
  return MAGIC.find(([, magic]) => magic.every((byte, index) => bytes[index] === byte))?.[0];
}

function charsetOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (isCharacter(bytes[0]) && bytes[1] === 0 && isCharacter(bytes[2]) && bytes[3] === 0) return 'utf-16le';
  if (bytes[0] === 0 && isCharacter(bytes[1]) && bytes[2] === 0 && isCharacter(bytes[3])) return 'utf-16be';
  return 'utf-8';
}

const isCharacter = (byte: number | undefined): boolean => byte !== undefined && byte > 0 && byte < 0x80;

/** Whether there is no control character but those of white space. */
function isText(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}

function hasMark(bytes: Uint8Array): boolean {
  return (
    (bytes[0] === 0xff && bytes[1] === 0xfe) ||
    (bytes[0] === 0xfe && bytes[1] === 0xff) ||
    (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
  );
}

function invalid(location: string, what: string, cause?: unknown): ConfigurationError {
  return new ConfigurationError(
    'DESCRIPTOR_INVALID',
    `${location} ${what}; expected a Swagger 2.0 or OpenAPI 3.x document in JSON or YAML. Check the Descriptor Location.`,
    cause === undefined ? {} : { cause },
  );
}
