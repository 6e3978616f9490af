export { createServer, type SmartwrightServer } from './server.js';
