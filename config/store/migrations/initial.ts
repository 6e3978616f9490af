import { type MigrationInterface, type QueryRunner, Table, type TableColumnOptions } from 'typeorm';

type Columns = Readonly<Record<string, 'key' | 'text' | 'text?' | 'integer' | 'bigint' | 'bigint?' | 'boolean'>>;

const tables: Readonly<Record<string, Columns>> = {
  master_keys: { id: 'key', proof: 'text' },
  documents: {
    kind: 'key',
    name: 'key',
    document: 'text',
    secrets: 'text?',
    version: 'integer',
    updated_at: 'text',
    verifier: 'text?',
  },
  sessions: { id: 'key', user_name: 'text', expires_at: 'bigint' },
  sign_in_tokens: { id: 'key', user_name: 'text', expires_at: 'bigint' },
  descriptions: { instance: 'key', id: 'text', summary: 'text' },
  service_objects: { description: 'key', name: 'key', position: 'integer', head: 'text' },
  service_methods: { description: 'key', object_name: 'key', name: 'key', position: 'integer', method: 'text' },
  service_types: { description: 'key', name: 'key', position: 'integer', json_schema: 'text', refers_to: 'text' },
  smart_objects: { name: 'key', instance: 'text', search: 'text', summary: 'text', properties: 'text' },
  smart_methods: { object_name: 'key', name: 'key', position: 'integer', instance: 'text', method: 'text' },
  tokens: {
    credential: 'key',
    resource: 'key',
    generation: 'integer',
    state: 'text',
    token_type: 'text',
    scope: 'text?',
    expires_at: 'bigint?',
    issued_at: 'bigint?',
    refreshable: 'boolean',
    last_error: 'text?',
    secrets: 'text?',
    lease_owner: 'text?',
    lease_until: 'bigint?',
    touched_at: 'bigint?',
  },
  authorizations: {
    id: 'key',
    credential: 'text',
    resource: 'text',
    request: 'text',
    secrets: 'text?',
    expires_at: 'bigint',
  },
};

const indices: Readonly<Record<string, readonly string[]>> = {
  documents: ['verifier'],
  sessions: ['user_name', 'expires_at'],
  smart_objects: ['instance'],
  smart_methods: ['instance'],
  tokens: ['resource'],
  authorizations: ['resource', 'expires_at'],
};

/** The first schema. The number in the name orders migrations. */
export class Initial1764000000000 implements MigrationInterface {
  readonly name = 'Initial1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    // Names are compared and ordered by code point on both databases, whatever the server's locale.
    const collation = runner.dataSource.options.type === 'postgres' ? { collation: 'C' } : {};
    for (const [name, columns] of Object.entries(tables)) {
      await runner.createTable(
        new Table({
          name,
          columns: Object.entries(columns).map(([column, type]) => columnOptions(column, type, collation)),
          indices: (indices[name] ?? []).map((column) => ({ name: `${name}_${column}`, columnNames: [column] })),
        }),
      );
    }
    await runner.createTable(
      new Table({
        name: 'audit',
        columns: [
          { name: 'id', type: 'integer', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
          ...['at', 'actor', 'action', 'subject', 'outcome'].map((column) => columnOptions(column, 'text', collation)),
          columnOptions('details', 'text?', collation),
        ],
        indices: ['at', 'actor', 'subject'].map((column) => ({ name: `audit_${column}`, columnNames: [column] })),
      }),
    );
    await runner.createTable(
      new Table({
        name: 'store_revision',
        columns: [
          { name: 'id', type: 'integer', isPrimary: true },
          { name: 'value', type: 'bigint' },
        ],
      }),
    );
    await runner.manager.insert('store_revision', { id: 1, value: 0 });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of [...Object.keys(tables), 'audit', 'store_revision']) await runner.dropTable(name);
  }
}

function columnOptions(name: string, type: Columns[string], collation: { collation?: string }): TableColumnOptions {
  const base = type === 'key' ? 'text' : type.replace('?', '');
  return {
    name,
    type: base,
    isPrimary: type === 'key',
    isNullable: type.endsWith('?'),
    ...(base === 'text' ? collation : {}),
  };
}
