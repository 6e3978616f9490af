import type { EntityManager } from 'typeorm';
import type { AdminDocument, DocumentKind } from '../../model/admin-document.js';
import { CallerError } from '../../model/errors.js';
import { canonicalJson } from '../canonical-json.js';
import { type Change, change } from '../database/change.js';
import type { Database } from '../database/database.js';
import { type DocumentRow, documentEntity } from '../entities/document.js';
import type { DocumentRepository, Versioned } from '../store.js';
import type { Vault } from '../vault.js';
import { putSecretsBack, type SecretFields, takeSecretsOut } from './sealing.js';
import { type SecretContext, secretPositions } from './secret-positions.js';

export interface DocumentRepositoryOptions<D extends AdminDocument> {
  readonly kind: DocumentKind;
  readonly database: Database;
  readonly vault: Vault;
  /** What the document's secret positions depend on. */
  readonly context: (manager: EntityManager, document: D) => Promise<SecretContext>;
  /** Drops members that are never stored. */
  readonly stored?: (document: D) => D;
  /** Runs in the transaction of a save that changed something. */
  readonly afterSave?: (manager: EntityManager, document: D) => Promise<void>;
  /** Runs in the transaction of a delete: removes what belongs to the document. */
  readonly afterDelete?: (manager: EntityManager, name: string) => Promise<void>;
}

export function documentRepository<D extends AdminDocument>(
  options: DocumentRepositoryOptions<D>,
): DocumentRepository<D> {
  const { kind, database, vault } = options;

  const find = (manager: EntityManager, name: string) => manager.findOneBy(documentEntity, { kind, name });

  async function save(manager: EntityManager, given: D, expected: number | undefined): Promise<Change<SaveResult<D>>> {
    const row = await find(manager, given.name);
    const version = row?.version ?? 0;
    if (expected !== undefined && expected !== version) throw versionConflict(given, expected, version);

    const wanted = options.stored?.(given) ?? given;
    const positions = secretPositions(wanted, await options.context(manager, wanted));
    const before = row === null ? {} : openSecrets(vault, row);
    const { document, secrets } = takeSecretsOut(wanted, positions, before);
    if (row !== null && isSame(JSON.parse(row.document), document) && isSame(before, secrets)) {
      return { changed: false, result: { ...versioned<D>(row), changed: false } };
    }
    const next: DocumentRow = {
      kind,
      name: given.name,
      document: JSON.stringify(document),
      secrets: sealSecrets(vault, kind, given.name, secrets),
      version: version + 1,
      updatedAt: new Date().toISOString(),
      verifier: row?.verifier ?? null,
    };
    if (row === null) await manager.insert(documentEntity, next);
    else await manager.update(documentEntity, { kind, name: given.name }, next);
    await options.afterSave?.(manager, document);
    return { changed: true, result: { ...versioned<D>(next), changed: true } };
  }

  return {
    kind,
    list: () =>
      database.read(async (manager) => {
        const rows = await manager.find(documentEntity, { where: { kind }, order: { name: 'ASC' } });
        return rows.map(versioned<D>);
      }),
    get: (name) =>
      database.read(async (manager) => {
        const row = await find(manager, name);
        return row === null ? undefined : versioned<D>(row);
      }),
    reveal: (name) =>
      database.read(async (manager) => {
        const row = await find(manager, name);
        if (row === null) return undefined;
        const shown = versioned<D>(row);
        const positions = secretPositions(shown.document, everyPosition);
        return { ...shown, document: putSecretsBack(shown.document, positions, openSecrets(vault, row)) };
      }),
    save: (document, expectedVersion) => change(database, (manager) => save(manager, document, expectedVersion)),
    delete: (name, expected) =>
      change(database, async (manager) => {
        const version = expected === undefined ? undefined : ((await find(manager, name))?.version ?? 0);
        if (version !== expected) throw versionConflict({ kind, name }, expected ?? 0, version ?? 0);
        const { affected } = await manager.delete(documentEntity, { kind, name });
        const changed = (affected ?? 0) > 0;
        if (changed) await options.afterDelete?.(manager, name);
        return { changed, result: changed };
      }),
  };
}

type SaveResult<D> = Versioned<D> & { readonly changed: boolean };

/** For putting secrets back, which asks where markers may stand, not what is a secret. */
const everyPosition: SecretContext = { secretKeys: () => [] };

const isSame = (one: unknown, other: unknown): boolean => canonicalJson(one) === canonicalJson(other);

/** The stored text was validated before it was saved. */
function versioned<D>(row: DocumentRow): Versioned<D> {
  return { document: JSON.parse(row.document) as D, version: row.version, updatedAt: row.updatedAt };
}

export function openSecrets(vault: Vault, { kind, name, secrets }: DocumentRow): SecretFields {
  return secrets === null ? {} : vault.open({ table: kind, row: name }, secrets);
}

export function sealSecrets(vault: Vault, kind: string, name: string, secrets: SecretFields): string | null {
  return Object.keys(secrets).length === 0 ? null : vault.seal({ table: kind, row: name }, secrets);
}

function versionConflict(
  document: Pick<AdminDocument, 'kind' | 'name'>,
  expected: number,
  stored: number,
): CallerError {
  const what = `${document.kind} "${document.name}"`;
  const message =
    stored === 0
      ? `${what} is not stored any more, while version ${expected} was to be replaced. Save it as a new one.`
      : expected === 0
        ? `${what} exists already (version ${stored}). Choose another name, or read it and change that.`
        : `${what} was changed meanwhile: it has version ${stored}, not ${expected}. Read it again and repeat the change.`;
  return new CallerError('PRECONDITION_FAILED', message, {
    extensions: { expectedVersion: expected, version: stored },
  });
}
