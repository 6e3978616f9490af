import { type DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';

/** Brings the schema up to date inside the caller's transaction, which must keep other nodes out. */
export async function migrate(dataSource: DataSource, runner: QueryRunner): Promise<void> {
  const executor = new MigrationExecutor(dataSource, runner);
  executor.transaction = 'none';
  await executor.executePendingMigrations();
}
