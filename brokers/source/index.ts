export { Findings, type Where } from './findings.js';
export { descriptorUrl, displayLocation, isLocal } from './location.js';
export { Source, type SourceText } from './source.js';
