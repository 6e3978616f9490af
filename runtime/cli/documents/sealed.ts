import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { ConfigurationError } from '../../../config/model/errors.js';

/** The work that a passphrase takes: scrypt (RFC 7914), 128 MiB of memory. */
const work = { N: 2 ** 17, r: 8, p: 1 } as const;
/** The most that a file may ask for, bytes of memory. */
const mostMemory = 512 * 1024 * 1024;
/** Characters of the shortest passphrase that is taken. */
const shortest = 12;

const algorithm = 'aes-256-gcm';

/** An export with its secrets, under a passphrase. Binary parts are base64url. */
interface SealedExport {
  readonly smartwright: 'sealed-export';
  readonly version: 1;
  readonly kdf: {
    readonly name: 'scrypt';
    readonly N: number;
    readonly r: number;
    readonly p: number;
    readonly salt: string;
  };
  readonly cipher: typeof algorithm;
  readonly iv: string;
  readonly tag: string;
  readonly content: string;
}

/**
 * Encrypts a text to a passphrase: AES-256-GCM, the key by scrypt with a random salt; the whole head is bound to the content.
 *
 * @throws ConfigurationError SETTINGS_INVALID when the passphrase is shorter than 12 characters
 */
export async function sealText(text: string, passphrase: string): Promise<string> {
  if (passphrase.length < shortest) {
    throw new ConfigurationError(
      'SETTINGS_INVALID',
      `The passphrase is too short: give ${shortest} characters or more.`,
    );
  }
  const kdf = { name: 'scrypt', ...work, salt: randomBytes(16).toString('base64url') } as const;
  const head = { smartwright: 'sealed-export', version: 1, kdf, cipher: algorithm } as const;
  const iv = randomBytes(12);
  const cipher = createCipheriv(algorithm, await keyOf(passphrase, kdf), iv, { authTagLength: 16 });
  cipher.setAAD(Buffer.from(JSON.stringify(head)));
  const content = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64url');
  const tag = cipher.getAuthTag().toString('base64url');
  const sealed: SealedExport = { ...head, iv: iv.toString('base64url'), tag, content };
  return `${JSON.stringify(sealed, null, 2)}\n`;
}

/**
 * The text of a file: itself, or what it holds under a passphrase.
 *
 * @param passphrase is asked only when it is needed
 * @throws ConfigurationError DOCUMENT_INVALID when the passphrase is another one, or the file was changed
 */
export async function unsealText(file: string, text: string, passphrase: () => Promise<string>): Promise<string> {
  const sealed = sealedExport(text);
  if (sealed === undefined) return text;
  const { smartwright, version, kdf, cipher, iv, tag, content } = sealed;
  const fault = (why: string, cause?: unknown) =>
    new ConfigurationError('DOCUMENT_INVALID', `${file}: ${why}`, { cause });
  if (version !== 1 || cipher !== algorithm || kdf.name !== 'scrypt')
    throw fault('a later release has sealed this export.');
  if (!(128 * kdf.N * kdf.r * kdf.p <= mostMemory)) throw fault('it asks for more memory than an export needs.');
  const key = await keyOf(await passphrase(), kdf);
  try {
    const decipher = createDecipheriv(algorithm, key, Buffer.from(iv, 'base64url'), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(JSON.stringify({ smartwright, version, kdf, cipher })));
    decipher.setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(content, 'base64url')), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw fault('it cannot be opened: the passphrase is another one, or the file was changed.', cause);
  }
}

function sealedExport(text: string): SealedExport | undefined {
  if (!/^\s*\{\s*"smartwright": ?"sealed-export"/.test(text)) return undefined;
  try {
    const value = JSON.parse(text) as Partial<SealedExport>;
    const texts = [value.iv, value.tag, value.content, value.kdf?.salt];
    const numbers = [value.kdf?.N, value.kdf?.r, value.kdf?.p];
    const isWhole =
      texts.every((part) => typeof part === 'string') &&
      numbers.every((part) => Number.isSafeInteger(part) && Number(part) > 0);
    return isWhole ? (value as SealedExport) : undefined;
  } catch {
    return undefined;
  }
}

function keyOf(passphrase: string, { N, r, p, salt }: SealedExport['kdf']): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { N, r, p, maxmem: 2 * mostMemory };
    scrypt(passphrase.normalize('NFC'), Buffer.from(salt, 'base64url'), 32, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
