import { QueryFailedError, TypeORMError } from 'typeorm';
import { CallerError, RuntimeError, SmartwrightError } from '../../model/errors.js';

/**
 * Turns what a database driver throws into our own errors; anything else stays as it is, since it came from the work that was
 * done in a transaction. Neither the statement nor its parameters are kept.
 *
 * @param database how a person knows it, such as `The SQLite database /srv/data/smartwright.sqlite`
 * @param remedy what to look at when it is away
 */
export function storeFailure(error: unknown, database: string, remedy: string): unknown {
  if (error instanceof SmartwrightError) return error;
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  const code = errorCode(cause) ?? '';
  const reason = reasonOf(cause);
  const known = sqliteReasons[primaryCode(code)];
  if (known !== undefined) return new RuntimeError('STORE_UNAVAILABLE', `${database} ${known}`, { cause });
  if (duplicateCodes.has(code)) {
    return new CallerError('CONFLICT', `${database} has an entry of that name already.`, { cause });
  }
  if (isAway(code, reason)) {
    return new RuntimeError('STORE_UNAVAILABLE', `${database} cannot be reached (${reason}). ${remedy}`, { cause });
  }
  if (!(error instanceof TypeORMError) && !code.startsWith('SQLITE_')) return error;
  return new RuntimeError('INTERNAL', `${database} refused a statement: ${reason}`, { cause });
}

/** What a closed store answers. */
export function closedStore(database: string): RuntimeError {
  return new RuntimeError('STORE_UNAVAILABLE', `${database} was closed by this process.`);
}

/** Whether another process holds the SQLite database's write lock. */
export function isBusy(error: unknown): boolean {
  const code = errorCode(error instanceof QueryFailedError ? error.driverError : error);
  return code !== undefined && /^SQLITE_(BUSY|LOCKED)/.test(code);
}

/** A unique or primary key is taken: PostgreSQL appendix A, SQLite's extended result codes. */
const duplicateCodes = new Set(['23505', 'SQLITE_CONSTRAINT_PRIMARYKEY', 'SQLITE_CONSTRAINT_UNIQUE']);

/** Remedies by SQLite result code: https://www.sqlite.org/rescode.html */
const sqliteReasons: Readonly<Record<string, string>> = {
  SQLITE_BUSY: 'is locked by another process. Try again, or end the process that holds it.',
  SQLITE_LOCKED: 'is locked by another process. Try again, or end the process that holds it.',
  SQLITE_CANTOPEN: 'cannot be opened. Check that its folder exists and that this process may write there.',
  SQLITE_READONLY: 'cannot be written. Check the permissions of the file and its folder.',
  SQLITE_PERM: 'cannot be opened. Check the permissions of the file and its folder.',
  SQLITE_FULL: 'cannot grow: the disk is full. Free some space.',
  SQLITE_IOERR: 'cannot be read or written: the disk reports an error. Check the disk and its free space.',
  SQLITE_CORRUPT: 'is damaged. Restore it from a backup, or move it away to start with an empty one.',
  SQLITE_NOTADB: 'is no SQLite database. Restore it from a backup, or move it away to start with an empty one.',
};

/** `SQLITE_IOERR_WRITE` → `SQLITE_IOERR`. */
const primaryCode = (code: string): string => code.split('_').slice(0, 2).join('_');

const systemCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOSPC',
  'ENOTDIR',
  'EISDIR',
  'EEXIST',
]);

/** PostgreSQL error codes, appendix A: connection, authorization, unknown database, resources, operator intervention. */
const awayClasses = /^(08|28|3D|53|57P|58)/;

function isAway(code: string, reason: string): boolean {
  if (systemCodes.has(code) || awayClasses.test(code)) return true;
  return /^Connection terminated|^Client has encountered a connection error|timeout exceeded when trying to connect/i.test(
    reason,
  );
}

function errorCode(error: unknown): string | undefined {
  if (error instanceof AggregateError) return errorCode(error.errors[0]);
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
