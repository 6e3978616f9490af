export { apiKeyHash, newApiKey } from './api-key.js';
export { hashPassword, passwordFault, verifyPassword } from './password.js';
