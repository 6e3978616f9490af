export { executeRest, streamRest } from './execute.js';
export { parseJson, stringifyJson } from './json/json.js';
export { pushRange } from './list/range.js';
export { previewRest } from './preview.js';
