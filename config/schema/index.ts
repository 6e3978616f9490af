export { checkResourceAgainstType } from './check-resource.js';
export { documentSchemas } from './document-schemas.js';
export { nearest } from './nearest.js';
export { validateAgainst } from './validate-against.js';
export { validateDocument } from './validate-document.js';
export { validateOverlay } from './validate-overlay.js';
