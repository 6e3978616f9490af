import { ConfigurationError } from '../../../config/model/errors.js';
import type { Findings } from '../../source/index.js';
import { isRawObject, type RawObject } from './raw.js';

/** The specification that a descriptor follows. */
export type Dialect = 'swagger-2.0' | 'openapi-3.0' | 'openapi-3.1' | 'openapi-3.2';

/** A document that names its specification. */
export interface Descriptor {
  readonly root: RawObject;
  readonly dialect: Dialect;
}

/**
 * Finds out which specification a document follows. Numeric and padded versions are tolerated with a warning.
 *
 * @throws ConfigurationError DESCRIPTOR_INVALID when it is none that is known; the message says what it looks like
 */
export function recognise(value: unknown, location: string, findings: Findings): Descriptor {
  if (!isRawObject(value)) throw invalid(location, `holds ${nameOf(value)}, not an object`);
  const { swagger, openapi } = value;
  if (swagger === undefined && openapi === undefined) throw invalid(location, looksLike(value));
  const declared = openapi ?? swagger;
  if (typeof declared !== 'string' && typeof declared !== 'number') {
    throw invalid(location, `has a version that is ${nameOf(declared)}, not a text`);
  }
  if (typeof declared === 'number') {
    findings.warn('VERSION_NUMERIC', `The version ${declared} is a number; put it in quotes.`, { location });
  }
  const version = String(declared).trim();
  const [major, minor = '0'] = version.split('.');
  if (major === '2') return { root: value, dialect: 'swagger-2.0' };
  if (major !== '3') throw invalid(location, `is of version "${version.slice(0, 40)}", which is not supported`);
  if (minor === '0' || minor === '1' || minor === '2') return { root: value, dialect: `openapi-3.${minor}` };
  findings.warn('VERSION_UNKNOWN', `OpenAPI ${version.slice(0, 40)} is newer than what is known; read as 3.2.`, {
    location,
  });
  return { root: value, dialect: 'openapi-3.2' };
}

/** Marks of other documents that people take for descriptors. */
const OTHERS: readonly (readonly [test: (root: RawObject) => boolean, what: string])[] = [
  [(root) => 'asyncapi' in root, 'is an AsyncAPI document'],
  [(root) => 'swaggerVersion' in root, 'is a Swagger 1.x document; convert it to Swagger 2.0 first'],
  [(root) => 'raml' in root, 'is a RAML document'],
  [(root) => root.kind === 'discovery#restDescription', 'is a Google discovery document'],
  [(root) => isRawObject(root.info) && '_postman_id' in root.info, 'is a Postman collection'],
  [(root) => isRawObject(root.log) && 'entries' in root.log, 'is an HTTP archive (HAR)'],
  [
    (root) => '__schema' in root || (isRawObject(root.data) && '__schema' in root.data),
    'is a GraphQL introspection result',
  ],
  [(root) => 'overlay' in root, 'is an OpenAPI overlay, not a description'],
  [(root) => isRawObject(root.paths), 'has "paths", but neither "swagger" nor "openapi" says which version it follows'],
  [
    (root) => isRawObject(root.components) || isRawObject(root.definitions),
    'is a part of a description (it has no version and no paths); give the main document',
  ],
  [(root) => '$schema' in root || 'properties' in root, 'is a JSON Schema'],
];

function looksLike(root: RawObject): string {
  const known = OTHERS.find(([test]) => test(root));
  if (known) return known[1];
  const keys = Object.keys(root).slice(0, 5);
  return keys.length === 0
    ? 'is an empty object'
    : `has neither "swagger" nor "openapi"; its keys are ${keys.join(', ')}`;
}

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value === 'string' ? 'plain text' : typeof value}`;
}

function invalid(location: string, what: string): ConfigurationError {
  return new ConfigurationError(
    'DESCRIPTOR_INVALID',
    `${location} ${what}; expected a Swagger 2.0 or OpenAPI 3.x document.`,
  );
}
