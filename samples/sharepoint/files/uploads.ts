import type { Readable } from 'node:stream';
import { Fault } from '../fault.js';
import type { Contents } from '../store/contents.js';

interface Upload {
  readonly file: string;
  content: string;
  length: number;
}

/** Uploads that come in portions. What has arrived of one stays until it is finished or cancelled. */
export class Uploads {
  readonly #contents: Contents;
  readonly #open = new Map<string, Upload>();

  constructor(contents: Contents) {
    this.#contents = contents;
  }

  /** @returns the bytes that have arrived */
  async start(id: string, file: string, source: Readable): Promise<number> {
    const written = await this.#contents.write(source);
    this.#open.set(id, { file, ...written });
    return written.length;
  }

  /** @throws Fault 400 at another offset than the one reached, 404 for an upload that was not begun */
  async continue(id: string, file: string, offset: number, source: Readable): Promise<number> {
    const upload = this.#at(id, file, offset);
    const { length } = await this.#contents.write(source, upload.content);
    upload.length = length;
    return length;
  }

  /** @returns where the whole is */
  async finish(
    id: string,
    file: string,
    offset: number,
    source: Readable,
  ): Promise<{ content: string; length: number }> {
    const upload = this.#at(id, file, offset);
    const written = await this.#contents.write(source, upload.content);
    this.#open.delete(id);
    return written;
  }

  async cancel(id: string): Promise<void> {
    const upload = this.#open.get(id);
    this.#open.delete(id);
    if (upload !== undefined) await this.#contents.delete(upload.content);
  }

  /** The bytes that an upload has. @throws Fault 404 */
  status(id: string, file: string): number {
    return this.#of(id, file).length;
  }

  #of(id: string, file: string): Upload {
    const upload = this.#open.get(id);
    if (upload !== undefined && upload.file === file) return upload;
    throw new Fault(
      404,
      '-2130575335, Microsoft.SharePoint.SPException',
      'The upload session was not found. It may have been finished, cancelled or expired.',
    );
  }

  #at(id: string, file: string, offset: number): Upload {
    const upload = this.#of(id, file);
    if (upload.length === offset) return upload;
    throw new Fault(
      400,
      '-2147024809, System.ArgumentException',
      `The file offset ${offset} is not the one that the upload has reached, ${upload.length}.`,
    );
  }
}
