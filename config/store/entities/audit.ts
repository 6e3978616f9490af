import { EntitySchema } from 'typeorm';
import { optionalText, text } from './columns.js';

export interface AuditRow {
  id: number;
  /** RFC 3339, UTC, milliseconds. */
  at: string;
  actor: string;
  action: string;
  subject: string;
  outcome: string;
  /** JSON. */
  details: string | null;
}

export const auditEntity = new EntitySchema<AuditRow>({
  name: 'audit',
  columns: {
    id: { type: 'integer', primary: true, generated: 'increment' },
    at: text,
    actor: text,
    action: text,
    subject: text,
    outcome: text,
    details: optionalText,
  },
});
