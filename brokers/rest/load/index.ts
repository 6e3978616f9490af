export { Findings, type Where } from '../../source/index.js';
export { Circle } from './circle.js';
export type { Dialect } from './dialect.js';
export { Documents, type LoadedDocument, type Located, locationOf, type Site } from './documents.js';
export { decodeFragment, pointerSegments, pointerTo } from './json-pointer.js';
export { isRawObject, member, put, type RawObject, rawArray, rawObject, rawText } from './raw.js';
