import type { Company, Contact, Deal, Note, Photo } from './model.js';
import { Table } from './table.js';

/** All that the CRM knows; gone when the process ends. */
export class Database {
  readonly contacts = new Table<Contact>(1001);
  readonly companies = new Table<Company>(101);
  readonly deals = new Table<Deal>(5001);
  readonly notes = new Table<Note>(9001);
  /** By the contact's number. */
  readonly photos = new Map<number, Photo>();
}
