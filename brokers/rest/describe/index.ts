export { describeRest } from './describe.js';
export { proposeSecurity } from './security.js';
