export { adjustList } from './adjust-list.js';
export { describeRest } from './describe.js';
export { proposeSecurity } from './security.js';
