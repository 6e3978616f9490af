export { isStructural } from './annotations.js';
export { DYNAMIC, designOf, titleOf, visibilityOf } from './design.js';
export { type Direction, Directions, goesThrough } from './directions.js';
export { itemsOf, type Lookup, nonNull, type ObjectView, objectView, resolved, typesOf } from './object-view.js';
export { Types } from './types.js';
