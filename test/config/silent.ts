import type { Logger } from '../../config/model/logger.js';

const nothing = () => undefined;

export const silent: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };
