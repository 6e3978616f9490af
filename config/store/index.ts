export { KEY_FILE } from './key-file.js';
export { parseMasterKeys } from './master-keys.js';
export { DATABASE_FILE, type OpenedStore, type OpenStoreOptions, openStore } from './open.js';
export type { Rotated } from './rotate.js';
export type * from './store.js';
