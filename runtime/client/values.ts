/** A 64-bit integer (`format: int64`). It is a `bigint` when a `number` cannot hold it exactly: beyond ±(2^53 − 1). */
export type Int64 = number | bigint;

/** A file, as it travels through SmartObjects. */
export interface FileValue {
  name?: string;
  mediaType?: string;
  /** The bytes, base64 with padding (RFC 4648 §4). */
  content: string;
}

/** An object in the flat form: each value under its flat name, such as `address.city`. */
export type FlatValues = { [name: string]: unknown };

/** The input of a method that takes none. */
export type NoInput = { [name: string]: never };
