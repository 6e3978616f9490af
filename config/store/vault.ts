import { type CipherGCMTypes, createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { ConfigurationError } from '../model/errors.js';
import type { MasterKey } from '../model/settings.js';

/** The row whose secrets are sealed. It is bound into each ciphertext, so that none can be moved to another row. */
export interface VaultRow {
  /** Table or document kind. */
  readonly table: string;
  /** What identifies the row in its table. */
  readonly row: string;
}

/**
 * Encryption at rest. Each sealed row has a random data key of its own; the data key is wrapped by a master key; the fields
 * are encrypted with the data key. A row that is sealed again gets a new data key.
 *
 * Both steps are AES-256-GCM with a random 12-byte IV and a 16-byte tag (NIST SP 800-38D). The additional authenticated data
 * of a field names its table, row, field and data key; that of a wrapped data key names table, row and master key. So a
 * ciphertext that was moved to another field or row, or mixed with another sealing of the same row, does not open.
 */
export interface Vault {
  /** The master key that new secrets are wrapped with. */
  readonly newestKey: string;
  /** The ids of all master keys, newest first. */
  readonly keys: readonly string[];
  /** Takes up the master keys as they are now. @throws ConfigurationError SETTINGS_INVALID */
  reload(): void;
  /** Seals a row's secrets into one text, with the newest master key. */
  seal(row: VaultRow, fields: Readonly<Record<string, string>>): string;
  /**
   * Opens what `seal` made for the same row.
   * @throws ConfigurationError SETTINGS_INVALID when its master key is missing or another, or the text was changed
   */
  open(row: VaultRow, sealed: string): Record<string, string>;
  /** The same secrets with their data key wrapped by the newest master key; undefined when it is already. */
  rewrap(row: VaultRow, sealed: string): string | undefined;
}

/** What a sealed text holds, as JSON. Binary parts are base64url: IV, then tag, then ciphertext. */
interface Envelope {
  readonly masterKey: string;
  readonly dataKey: string;
  readonly wrapped: string;
  readonly fields: Readonly<Record<string, string>>;
}

const ALGORITHM: CipherGCMTypes = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_ID_BYTES = 9;

/**
 * @param masterKeys newest first; writes use the first, reads use all
 * @param reload gives the master keys as they are now: asked when a text is sealed with one that is not known, which another
 *   process may have made meanwhile. Default: they never change.
 * @throws ConfigurationError SETTINGS_INVALID when there is none, one has not 32 bytes, or two have one id
 */
export function createVault(
  masterKeys: readonly MasterKey[],
  reload: () => readonly MasterKey[] = () => masterKeys,
): Vault {
  let keys = keyBytes(masterKeys);
  let newestKey = newestOf(keys);
  const takeUp = () => {
    keys = keyBytes(reload());
    newestKey = newestOf(keys);
  };

  const masterKey = (id: string): Buffer => {
    if (!keys.has(id)) takeUp();
    const key = keys.get(id);
    if (key !== undefined) return key;
    throw new ConfigurationError(
      'SETTINGS_INVALID',
      `Secrets are sealed with master key "${id}", which is not among the configured ones (${[...keys.keys()].join(', ')}). ` +
        'Add it to SMARTWRIGHT_MASTER_KEY or to the key file.',
    );
  };
  const wrap = (row: VaultRow, dataKey: Buffer): string =>
    encrypt(masterKey(newestKey), dataKey, [row.table, row.row, newestKey]);
  const unwrap = (row: VaultRow, { masterKey: id, wrapped }: Envelope): Buffer =>
    decrypt(masterKey(id), wrapped, [row.table, row.row, id], row);

  return {
    get newestKey() {
      return newestKey;
    },
    get keys() {
      return [...keys.keys()];
    },
    reload: takeUp,
    seal(row, fields) {
      const dataKey = randomBytes(KEY_BYTES);
      const id = randomBytes(KEY_ID_BYTES).toString('base64url');
      const sealedFields = Object.entries(fields).map(([field, value]) => [
        field,
        encrypt(dataKey, Buffer.from(value, 'utf8'), [row.table, row.row, field, id]),
      ]);
      return write({
        masterKey: newestKey,
        dataKey: id,
        wrapped: wrap(row, dataKey),
        fields: Object.fromEntries(sealedFields),
      });
    },
    open(row, sealed) {
      const envelope = read(sealed, row);
      const dataKey = unwrap(row, envelope);
      return Object.fromEntries(
        Object.entries(envelope.fields).map(([field, value]) => [
          field,
          decrypt(dataKey, value, [row.table, row.row, field, envelope.dataKey], row).toString('utf8'),
        ]),
      );
    },
    rewrap(row, sealed) {
      const envelope = read(sealed, row);
      if (envelope.masterKey === newestKey) return undefined;
      return write({ ...envelope, masterKey: newestKey, wrapped: wrap(row, unwrap(row, envelope)) });
    },
  };
}

function newestOf(keys: ReadonlyMap<string, unknown>): string {
  const [newest] = keys.keys();
  if (newest === undefined) throw new ConfigurationError('SETTINGS_INVALID', 'There is no master key.');
  return newest;
}

function keyBytes(masterKeys: readonly MasterKey[]): Map<string, Buffer> {
  const keys = new Map<string, Buffer>();
  for (const { id, key } of masterKeys) {
    const bytes = Buffer.from(key.reveal(), 'base64');
    if (bytes.length !== KEY_BYTES) {
      throw new ConfigurationError(
        'SETTINGS_INVALID',
        `Master key "${id}" has ${bytes.length} bytes; it needs 32, in base64. Make one with: openssl rand -base64 32`,
      );
    }
    if (keys.has(id)) throw new ConfigurationError('SETTINGS_INVALID', `Master key "${id}" is given twice.`);
    keys.set(id, bytes);
  }
  return keys;
}

/** JSON keeps the parts apart, whatever characters they have. */
const additionalData = (parts: readonly string[]): Buffer => Buffer.from(JSON.stringify(parts), 'utf8');

function encrypt(key: Buffer, plain: Buffer, bound: readonly string[]): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(additionalData(bound));
  const encrypted = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), encrypted]).toString('base64url');
}

function decrypt(key: Buffer, sealed: string, bound: readonly string[], row: VaultRow): Buffer {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < IV_BYTES + TAG_BYTES) throw unreadable(row);
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(additionalData(bound));
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw unreadable(row, cause);
  }
}

const write = (envelope: Envelope): string => JSON.stringify(envelope);

function read(sealed: string, row: VaultRow): Envelope {
  let value: unknown;
  try {
    value = JSON.parse(sealed);
  } catch (cause) {
    throw unreadable(row, cause);
  }
  if (!isEnvelope(value)) throw unreadable(row);
  return value;
}

function isEnvelope(value: unknown): value is Envelope {
  if (typeof value !== 'object' || value === null) return false;
  const { masterKey, dataKey, wrapped, fields } = value as Partial<Record<keyof Envelope, unknown>>;
  return (
    [masterKey, dataKey, wrapped].every((part) => typeof part === 'string') &&
    typeof fields === 'object' &&
    fields !== null &&
    Object.values(fields).every((field) => typeof field === 'string')
  );
}

function unreadable({ table, row }: VaultRow, cause?: unknown): ConfigurationError {
  return new ConfigurationError(
    'SETTINGS_INVALID',
    `The stored secrets of ${table} "${row}" cannot be opened: the master key is another one than they were sealed with, or ` +
      'the stored text was changed. Configure the right master key, or enter the secrets again.',
    { cause },
  );
}
