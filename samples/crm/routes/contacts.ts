import type { Call, Handlers } from '../call.js';
import type { Database } from '../database.js';
import { fieldsOf, mentions } from '../fields.js';
import type { Contact, ContactFields, ContactStatus } from '../model.js';
import { type CursorQuery, cursorPage } from '../paging.js';
import { notFound, Problem, unprocessable } from '../problem.js';

interface ContactQuery extends CursorQuery {
  readonly search?: string;
  readonly status?: readonly ContactStatus[];
  readonly companyId?: number;
  readonly updatedSince?: string;
  readonly sort: 'lastName' | '-lastName' | 'updatedAt' | '-updatedAt';
}

type NewContact = Partial<ContactFields> & Pick<ContactFields, 'firstName' | 'lastName' | 'email'>;
interface ContactPath {
  readonly contactId: number;
}

const writable = [
  'firstName',
  'lastName',
  'email',
  'phone',
  'birthday',
  'status',
  'companyId',
  'address',
  'tags',
  'newsletter',
] as const satisfies readonly (keyof ContactFields)[];

export const contactHandlers = (database: Database): Handlers => ({
  listContacts: ({ query }: Call<object, ContactQuery>) => {
    const { search, status, companyId, updatedSince, sort } = query;
    const since = updatedSince === undefined ? 0 : Date.parse(updatedSince);
    const rows = database.contacts.where(
      (contact) =>
        mentions(search, `${contact.firstName} ${contact.lastName}`, contact.email) &&
        (status === undefined || status.includes(contact.status)) &&
        (companyId === undefined || contact.companyId === companyId) &&
        Date.parse(contact.updatedAt) >= since,
    );
    return { body: cursorPage(rows.sort(orders[sort]), query) };
  },

  createContact: ({ body }: Call<object, object, NewContact>) => {
    checkCompany(database, body.companyId);
    const now = new Date().toISOString();
    const contact = database.contacts.insert({
      phone: null,
      birthday: null,
      status: 'lead',
      companyId: null,
      tags: [],
      newsletter: false,
      ...fieldsOf(body, writable),
      firstName: body.firstName,
      lastName: body.lastName,
      email: body.email,
      version: 1,
      createdAt: now,
      updatedAt: now,
    });
    return {
      status: 201,
      headers: { location: `/contacts/${contact.id}`, etag: entityTag(contact) },
      body: contact,
    };
  },

  getContact: ({ path, header }: Call<ContactPath>) => {
    const contact = find(database, path.contactId);
    const headers = { etag: entityTag(contact) };
    return header('if-none-match') === headers.etag ? { status: 304, headers } : { headers, body: contact };
  },

  updateContact: ({ path, body, header }: Call<ContactPath, object, Partial<ContactFields>>) => {
    const contact = find(database, path.contactId);
    const expected = header('if-match');
    if (expected !== undefined && expected !== '*' && expected !== entityTag(contact)) {
      throw new Problem(412, 'Changed meanwhile', `Contact ${contact.id} is at version ${contact.version} by now.`);
    }
    checkCompany(database, body.companyId);
    const changed = database.contacts.replace({
      ...contact,
      ...fieldsOf(body, writable),
      version: contact.version + 1,
      updatedAt: new Date().toISOString(),
    });
    return { headers: { etag: entityTag(changed) }, body: changed };
  },

  deleteContact: ({ path }: Call<ContactPath>) => {
    const { id } = find(database, path.contactId);
    database.contacts.delete(id);
    database.photos.delete(id);
    for (const note of database.notes.where(({ about, aboutId }) => about === 'contact' && aboutId === id)) {
      database.notes.delete(note.id);
    }
    for (const deal of database.deals.where(({ contactId }) => contactId === id)) {
      database.deals.replace({ ...deal, contactId: null });
    }
    return {};
  },
});

const entityTag = ({ version }: Contact): string => `"${version}"`;

const byName = (a: Contact, b: Contact): number =>
  a.lastName.localeCompare(b.lastName, 'en') || a.firstName.localeCompare(b.firstName, 'en') || a.id - b.id;
const byChange = (a: Contact, b: Contact): number => a.updatedAt.localeCompare(b.updatedAt) || a.id - b.id;
const orders = {
  lastName: byName,
  '-lastName': (a: Contact, b: Contact) => byName(b, a),
  updatedAt: byChange,
  '-updatedAt': (a: Contact, b: Contact) => byChange(b, a),
};

function find(database: Database, id: number): Contact {
  const contact = database.contacts.get(id);
  if (contact === undefined) throw notFound('contact', id);
  return contact;
}

function checkCompany(database: Database, id: number | null | undefined): void {
  if (id === undefined || id === null || database.companies.get(id) !== undefined) return;
  throw unprocessable([{ pointer: '/companyId', detail: `names company ${id}, which does not exist` }]);
}
