import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';

/** The last error of a token as a `TokenError` in JSON, and the end of its refresh token where the provider tells it. */
export class TokenHealth1764200000000 implements MigrationInterface {
  readonly name = 'TokenHealth1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('tokens', new TableColumn({ name: 'refresh_expires_at', type: 'bigint', isNullable: true }));
    // The former text was one of a few plain codes.
    await runner.query(
      `UPDATE tokens SET last_error = '{"kind":"consent","code":"' || last_error || '","message":"The consent no longer works.",' ||
        '"at":"1970-01-01T00:00:00.000Z","count":1}' WHERE last_error IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('UPDATE tokens SET last_error = NULL');
    await runner.dropColumn('tokens', 'refresh_expires_at');
  }
}
