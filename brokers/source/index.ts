export { descriptorUrl, displayLocation, isLocal } from './location.js';
export { Source, type SourceText } from './source.js';
