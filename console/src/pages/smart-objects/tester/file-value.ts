import type { FileValue } from '../../../form/file-field.tsx';

const members = new Set(['name', 'mediaType', 'content']);

/** Whether a value is a file, by its members: a result does not say so. */
export function isFileValue(value: unknown): value is FileValue {
  if (typeof value !== 'object' || value === null || !('content' in value)) return false;
  const names = Object.keys(value);
  return names.length > 1 && names.every((name) => members.has(name)) && Object.values(value).every(isText);
}

const isText = (value: unknown): boolean => typeof value === 'string';

/** Bytes that base64 stands for. */
export const sizeOf = ({ content }: FileValue): number => Math.floor((content.replace(/=+$/, '').length * 3) / 4);

/** Hands bytes to the browser's downloads. They are never opened as a page: whatever type a service names, none is told. */
export function download(name: string, content: BlobPart): void {
  const url = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** @returns undefined when it is no base64 */
export function bytesOf({ content }: FileValue): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
