export { presets } from './catalogue.js';
export { type Filled, fillFromPreset, presetNamed } from './fill-from-preset.js';
export { presetDocuments } from './preset-documents.js';
