export { type Access, anyBearer, type OnPremises, type Person } from './access.js';
export type { ColumnSpec, ListSpec, SiteBuilder } from './site-builder.js';
export { type SharePointOptions, type SharePointSite, startSharePointSite } from './start-site.js';
export type { ThrottleOrder } from './throttle.js';
