import type { Call, Handlers } from '../call.js';
import type { Database } from '../database.js';
import { fieldsOf, mentions } from '../fields.js';
import type { Company, Industry } from '../model.js';
import { notFound, Problem } from '../problem.js';

interface CompanyQuery {
  readonly search?: string;
  readonly industry?: Industry;
  readonly limit: number;
  readonly offset: number;
}
interface CompanyPath {
  readonly companyId: number;
}
type NewCompany = Omit<Company, 'id'>;

const optional = ['website', 'employees', 'address'] as const satisfies readonly (keyof NewCompany)[];

export const companyHandlers = (database: Database): Handlers => ({
  listCompanies: ({ query }: Call<object, CompanyQuery>) => {
    const { search, industry, limit, offset } = query;
    const rows = database.companies
      .where((row) => mentions(search, row.name) && (industry === undefined || row.industry === industry))
      .sort((a, b) => a.name.localeCompare(b.name, 'en'));
    const items = rows.slice(offset, offset + limit).map((row) => present(database, row));
    return { body: { items, total: rows.length, offset } };
  },

  createCompany: ({ body }: Call<object, object, NewCompany>) => {
    const company = database.companies.insert(stored(body));
    return { status: 201, headers: { location: `/companies/${company.id}` }, body: present(database, company) };
  },

  getCompany: ({ path }: Call<CompanyPath>) => ({ body: present(database, find(database, path.companyId)) }),

  replaceCompany: ({ path, body }: Call<CompanyPath, object, NewCompany>) => {
    const { id } = find(database, path.companyId);
    return { body: present(database, database.companies.replace({ id, ...stored(body) })) };
  },

  deleteCompany: ({ path }: Call<CompanyPath>) => {
    const { id, name } = find(database, path.companyId);
    const deals = database.deals.where(({ companyId }) => companyId === id).length;
    const contacts = staff(database, id);
    if (deals + contacts > 0) {
      throw new Problem(409, 'Still in use', `${name} has ${contacts} contacts and ${deals} deals.`);
    }
    database.companies.delete(id);
    return {};
  },
});

const stored = (body: NewCompany): NewCompany => ({
  name: body.name,
  industry: body.industry,
  ...fieldsOf(body, optional),
});

const staff = (database: Database, id: number): number =>
  database.contacts.where(({ companyId }) => companyId === id).length;

const present = (database: Database, company: Company): Company & { contacts: number } => ({
  ...company,
  contacts: staff(database, company.id),
});

function find(database: Database, id: number): Company {
  const company = database.companies.get(id);
  if (company === undefined) throw notFound('company', id);
  return company;
}
