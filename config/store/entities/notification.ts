import { EntitySchema } from 'typeorm';
import { instant, integer, text } from './columns.js';

/** A notice that is still to be delivered. */
export interface NotificationRow {
  id: number;
  /** A `TokenNotification` as JSON. */
  notification: string;
  /** How often its delivery has failed. */
  attempts: number;
  nextAttemptAt: number;
}

export const notificationEntity = new EntitySchema<NotificationRow>({
  name: 'notifications',
  columns: {
    id: { type: 'integer', primary: true, generated: 'increment' },
    notification: text,
    attempts: integer,
    nextAttemptAt: { ...instant, name: 'next_attempt_at' },
  },
});
