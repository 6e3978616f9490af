export { executeRest } from './execute.js';
export { parseJson, stringifyJson } from './json/json.js';
export { previewRest } from './preview.js';
