import type { JsonSchema } from '../../../config/model/json-schema.js';
import { tokenErrorKinds, tokenHealths } from '../../../config/model/token-error.js';
import { tokenFlows } from '../../../config/model/token-trace.js';
import { arrayOf, integer, moment, record, text } from './record.js';

const tracedValues = arrayOf(
  record({ name: text, value: { type: 'string', description: 'A secret reads `[secret]`.' } }),
);

/** What tokens and their traces look like in answers: never a token itself. */
export const tokenSchemas: Readonly<Record<string, JsonSchema>> = {
  Token: record({
    credential: { type: 'string', description: '`user:NAME`, `service:NAME` or `application`.' },
    resource: text,
    resourceType: text,
    generation: integer,
    state: { type: 'string', enum: [...tokenHealths] },
    'scope?': text,
    'expiresAt?': moment,
    issuedAt: moment,
    refreshable: { type: 'boolean' },
    'refreshExpiresAt?': moment,
    'lastError?': record({
      kind: { type: 'string', enum: [...tokenErrorKinds], description: 'Who can mend it.' },
      code: text,
      message: text,
      at: moment,
      count: integer,
      'retryAt?': moment,
      'version?': integer,
    }),
    'message?': { type: 'string', description: 'The expiring or invalid message of the OAuth resource type.' },
  }),
  Connection: record({
    resource: text,
    displayName: text,
    'description?': text,
    authorizationUrl: { type: 'string', format: 'uri', description: 'Where you give consent, also anew.' },
    'token?': { $ref: '#/components/schemas/Token' },
  }),
  MasterKeyRotation: record({
    masterKey: { type: 'string', description: 'The id of the key that everything is wrapped with now.' },
    made: { type: 'boolean', description: 'Whether it was made for this.' },
    rows: integer,
    retired: { ...arrayOf(text), description: 'Ids of keys that nothing is wrapped with any more.' },
    unreadable: { ...arrayOf(text), description: 'Rows that cannot be opened; they stay as they are.' },
  }),
  TokenTrace: record({
    flow: { type: 'string', enum: [...tokenFlows] },
    'resource?': text,
    'credential?': text,
    at: moment,
    ms: integer,
    outcome: { type: 'string', enum: ['done', 'failed'] },
    'rule?': { type: 'string', description: 'The rule that failed: an OAuth error code or an error code of this API.' },
    'message?': text,
    'parameters?': tracedValues,
    steps: arrayOf(
      record({
        after: integer,
        ms: integer,
        request: record({ method: text, url: text, headers: tracedValues, parameters: tracedValues }),
        'answer?': record({ status: integer, headers: tracedValues, 'fields?': tracedValues, 'body?': text }),
        'failure?': text,
      }),
    ),
  }),
};
