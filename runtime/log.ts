import { pino } from 'pino';
import type { Logger } from '../config/model/logger.js';
import type { Settings } from '../config/model/settings.js';

/** Writes JSON lines to stderr. Header and body members that could hold a secret are masked, should one ever be passed. */
export function createLogger(level: Settings['logLevel']): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: pino.stdSerializers.err },
      redact: {
        paths: ['*.authorization', '*.cookie', '*["set-cookie"]', '*.password', '*.client_secret'],
        censor: '[secret]',
      },
    },
    pino.destination({ fd: 2, sync: true }),
  );
}
