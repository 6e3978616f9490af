import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { quotaExceeded } from '../fault.js';

/** The bytes of files, on disk: they pass through and are never in memory as a whole. */
export class Contents {
  readonly #folder: string;
  readonly #quota: number;
  #used = 0;

  private constructor(folder: string, quota: number) {
    this.#folder = folder;
    this.#quota = quota;
  }

  /** @param quota bytes that all files may have together */
  static async open(quota: number): Promise<Contents> {
    return new Contents(await mkdtemp(join(tmpdir(), 'sharepoint-')), quota);
  }

  /**
   * Writes what arrives, at the end of what is there.
   *
   * @param content of an earlier call, to continue it
   * @returns where the bytes are, and how many there are now
   * @throws Fault 507 when the site has no room left
   */
  async write(source: Readable, content: string = randomUUID()): Promise<{ content: string; length: number }> {
    await pipeline(source, this.#counted(), createWriteStream(this.#path(content), { flags: 'a' }));
    return { content, length: (await stat(this.#path(content))).size };
  }

  /** @param end inclusive, as in a Range */
  read(content: string, start: number, end: number): Readable {
    return end < start ? Readable.from([]) : createReadStream(this.#path(content), { start, end });
  }

  async copy(content: string): Promise<string> {
    const copy = randomUUID();
    await copyFile(this.#path(content), this.#path(copy));
    return copy;
  }

  async delete(content: string): Promise<void> {
    await rm(this.#path(content), { force: true });
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  #counted(): Transform {
    return new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        this.#used += chunk.length;
        if (this.#used > this.#quota) {
          this.#used -= chunk.length;
          done(quotaExceeded());
        } else {
          done(null, chunk);
        }
      },
    });
  }

  #path = (content: string): string => join(this.#folder, content);
}
