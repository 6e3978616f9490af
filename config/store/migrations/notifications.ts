import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/** Notices that are still to be delivered to the webhook. */
export class Notifications1764500000000 implements MigrationInterface {
  readonly name = 'Notifications1764500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'notifications',
        columns: [
          { name: 'id', type: 'integer', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
          { name: 'notification', type: 'text' },
          { name: 'attempts', type: 'integer' },
          { name: 'next_attempt_at', type: 'bigint' },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('notifications');
  }
}
