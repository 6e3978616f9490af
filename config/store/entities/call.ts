import { EntitySchema } from 'typeorm';
import { bigInteger, instant, integer, optionalText, text } from './columns.js';

export interface CallRow {
  id: number;
  at: number;
  object: string;
  method: string;
  /** Empty where the call did not get as far as one. */
  instance: string;
  actor: string;
  credential: string;
  status: number;
  code: string | null;
  ms: number;
}

export const callEntity = new EntitySchema<CallRow>({
  name: 'calls',
  columns: {
    id: { ...bigInteger, primary: true, generated: 'increment' },
    at: instant,
    object: { ...text, name: 'object_name' },
    method: text,
    instance: text,
    actor: text,
    credential: text,
    status: integer,
    code: optionalText,
    ms: integer,
  },
});
