import type { Readable } from 'node:stream';
import { Fault } from '../fault.js';
import type { Contents, StoredContent } from '../store/contents.js';

interface Upload {
  readonly file: string;
  /** What has arrived whole. */
  stored: StoredContent;
  /** Ends with the portion that came last. */
  last: Promise<unknown>;
}

/** Uploads that come in portions. What has arrived of one stays until it is finished or cancelled, or its file is deleted. */
export class Uploads {
  readonly #contents: Contents;
  readonly #open = new Map<string, Upload>();

  constructor(contents: Contents) {
    this.#contents = contents;
  }

  /** Begins, anew where it was begun before. @returns the bytes that have arrived */
  async start(id: string, file: string, source: Readable): Promise<number> {
    const stored = await this.#contents.write(source);
    await this.cancel(id);
    this.#open.set(id, { file, stored, last: Promise.resolve() });
    return stored.length;
  }

  /** @throws Fault 400 at another offset than the one reached, 404 for an upload that was not begun */
  async continue(id: string, file: string, offset: number, source: Readable): Promise<number> {
    return (await this.#append(id, file, offset, source, false)).length;
  }

  /** @returns where the whole is. @throws as `continue` */
  async finish(id: string, file: string, offset: number, source: Readable): Promise<StoredContent> {
    return await this.#append(id, file, offset, source, true);
  }

  async cancel(id: string): Promise<void> {
    const upload = this.#open.get(id);
    this.#open.delete(id);
    await upload?.last;
    if (upload !== undefined) await this.#contents.delete(upload.stored.content);
  }

  /** Cancels what was to become of a file. */
  async cancelAll(file: string): Promise<void> {
    for (const [id, upload] of this.#open) if (upload.file === file) await this.cancel(id);
  }

  /** The bytes that an upload has. @throws Fault 404 */
  status(id: string, file: string): number {
    return this.#of(id, file).stored.length;
  }

  /** One portion after the other: that of a connection that broke is taken back before it comes again. */
  async #append(id: string, file: string, offset: number, source: Readable, ends: boolean): Promise<StoredContent> {
    const upload = this.#of(id, file);
    const portion = upload.last.then(async () => {
      if (this.#open.get(id) !== upload) throw notBegun();
      if (upload.stored.length !== offset) throw wrongOffset(offset, upload.stored.length);
      upload.stored = await this.#contents.append(source, upload.stored);
      if (ends) this.#open.delete(id);
      return upload.stored;
    });
    upload.last = portion.catch(() => undefined);
    return await portion;
  }

  #of(id: string, file: string): Upload {
    const upload = this.#open.get(id);
    if (upload !== undefined && upload.file === file) return upload;
    throw notBegun();
  }
}

const notBegun = (): Fault =>
  new Fault(
    404,
    '-2130575335, Microsoft.SharePoint.SPException',
    'The upload session was not found. It may have been finished, cancelled or expired.',
  );

const wrongOffset = (offset: number, reached: number): Fault =>
  new Fault(
    400,
    '-2147024809, System.ArgumentException',
    `The file offset ${offset} is not the one that the upload has reached, ${reached}.`,
  );
