import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdtemp, open, rm, stat, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { quotaExceeded } from '../fault.js';

/** Where bytes are, and how many there are. */
export interface StoredContent {
  readonly content: string;
  readonly length: number;
}

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
   * Keeps what arrives; nothing of it when it breaks off.
   *
   * @throws Fault 507 when the site has no room left
   */
  async write(source: Readable): Promise<StoredContent> {
    const content = randomUUID();
    try {
      return await this.append(source, { content, length: 0 });
    } catch (error) {
      await this.delete(content);
      throw error;
    }
  }

  /**
   * Adds what arrives to the end of what is there, which stays as it was when it breaks off. One at a time for one content.
   *
   * @throws Fault 507 when the site has no room left
   */
  async append(source: Readable, { content, length }: StoredContent): Promise<StoredContent> {
    const file = await open(this.#path(content), 'a');
    let end = length;
    try {
      // The source is left as it is: a request whose body is refused still has to be answered.
      for await (const chunk of source.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        this.#take(chunk.length);
        end += chunk.length;
        await file.appendFile(chunk);
      }
      return { content, length: end };
    } catch (error) {
      await file.truncate(length);
      this.#used -= end - length;
      throw error;
    } finally {
      await file.close();
    }
  }

  /** @param end inclusive, as in a Range */
  read(content: string, start: number, end: number): Readable {
    return end < start ? Readable.from([]) : createReadStream(this.#path(content), { start, end });
  }

  /** @throws Fault 507 when the site has no room left */
  async copy({ content, length }: StoredContent): Promise<string> {
    const copy = randomUUID();
    this.#take(length);
    try {
      await copyFile(this.#path(content), this.#path(copy));
      return copy;
    } catch (error) {
      this.#used -= length;
      throw error;
    }
  }

  /** What is not there any more stays so. */
  async delete(content: string): Promise<void> {
    try {
      const { size } = await stat(this.#path(content));
      await unlink(this.#path(content));
      this.#used -= size;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** @throws Fault 507 */
  #take(bytes: number): void {
    if (this.#used + bytes > this.#quota) throw quotaExceeded();
    this.#used += bytes;
  }

  #path = (content: string): string => join(this.#folder, content);
}
