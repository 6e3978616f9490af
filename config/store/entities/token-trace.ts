import { EntitySchema } from 'typeorm';
import { text } from './columns.js';

export interface TokenTraceRow {
  id: number;
  /** Empty where the flow failed before it was known. */
  resource: string;
  credential: string;
  /** A `TokenTrace` as JSON. */
  trace: string;
}

export const tokenTraceEntity = new EntitySchema<TokenTraceRow>({
  name: 'token_traces',
  columns: {
    id: { type: 'integer', primary: true, generated: 'increment' },
    resource: text,
    credential: text,
    trace: text,
  },
});
