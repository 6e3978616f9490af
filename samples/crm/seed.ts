import { Database } from './database.js';
import type { Address, Company, Contact, Deal } from './model.js';
import { Random } from './random.js';
import * as words from './seed-words.js';

const DAY = 86_400_000;

/**
 * A database with 40 companies, 240 contacts, 60 deals and 90 notes, the same in every run.
 *
 * @param today the day that due dates lie around; a third of the open deals is overdue on it
 */
export function seed(today: Date): Database {
  const database = new Database();
  const random = new Random(20_240_229);
  for (let n = 0; n < 40; n++) database.companies.insert(company(random, n));
  const companies = database.companies.where();
  for (let n = 0; n < 240; n++) database.contacts.insert(contact(random, companies));
  const contacts = database.contacts.where();
  for (let n = 0; n < 60; n++) database.deals.insert(deal(random, companies, contacts, today));
  const deals = database.deals.where();
  for (let n = 0; n < 90; n++) {
    const about = random.pick(['contact', 'deal']);
    database.notes.insert({
      about,
      aboutId: one<{ id: number }>(random, about === 'deal' ? deals : contacts).id,
      text: random.pick(words.remarks),
      author: 'seed',
      writtenAt: moment(random.whole(1, 400)),
    });
  }
  return database;
}

function company(random: Random, n: number): Omit<Company, 'id'> {
  const word = words.companyNames[n % words.companyNames.length] ?? words.companyNames[0];
  const name = `${word} ${random.pick(words.companySuffixes)}${n < words.companyNames.length ? '' : ' International'}`;
  return {
    name,
    website: `https://${name.toLowerCase().replaceAll(' ', '-')}.example`,
    industry: random.pick(['energy', 'finance', 'health', 'logistics', 'manufacturing', 'retail', 'software']),
    employees: random.whole(3, 4_000),
    address: address(random),
  };
}

function contact(random: Random, companies: readonly Company[]): Omit<Contact, 'id'> {
  const firstName = random.pick(words.firstNames);
  const lastName = random.pick(words.lastNames);
  const employer = random.chance(0.9) ? one(random, companies) : undefined;
  const created = random.whole(40, 400);
  return {
    version: 1,
    firstName,
    lastName,
    email: `${plain(firstName)}.${plain(lastName)}@${employer?.website?.slice('https://'.length) ?? 'mail.example'}`,
    phone: random.chance(0.8) ? `+44 20 7946 0${random.whole(100, 999)}` : null,
    birthday: random.chance(0.5)
      ? `${random.whole(1955, 2002)}-${pad(random.whole(1, 12))}-${pad(random.whole(1, 28))}`
      : null,
    status: random.pick(['lead', 'lead', 'active', 'active', 'active', 'dormant']),
    companyId: employer?.id ?? null,
    ...(random.chance(0.85) && { address: address(random) }),
    tags: words.tags.filter(() => random.chance(0.15)),
    newsletter: random.chance(0.4),
    createdAt: moment(created),
    updatedAt: moment(random.whole(created, 420)),
  };
}

function deal(
  random: Random,
  companies: readonly Company[],
  contacts: readonly Contact[],
  today: Date,
): Omit<Deal, 'id'> {
  const customer = one(random, companies);
  const colleagues = contacts.filter(({ companyId }) => companyId === customer.id);
  const dueOn = new Date(today.getTime() + random.whole(-20, 40) * DAY).toISOString().slice(0, 10);
  const ended = random.pick(['open', 'open', 'open', 'won', 'lost']);
  return {
    reference: random.uuid(),
    title: `${random.pick(words.dealSubjects)}, ${customer.name}`,
    companyId: customer.id,
    contactId: colleagues.length > 0 ? one(random, colleagues).id : null,
    value: { amount: random.whole(8, 900) * 250, currency: random.pick(['EUR', 'EUR', 'GBP', 'USD']) },
    stage: ended === 'open' ? random.pick(['qualified', 'proposal', 'negotiation']) : ended,
    probability: ended === 'won' ? 100 : ended === 'lost' ? 0 : random.whole(1, 19) * 5,
    dueOn,
    ...(ended !== 'open' && {
      outcome: { closedOn: dueOn, closedBy: 'seed', reason: ended === 'lost' ? 'Too expensive.' : null },
    }),
  };
}

function address(random: Random): Address {
  return { street: `${random.pick(words.streets)} ${random.whole(1, 120)}`, ...random.pick(words.cities) };
}

function one<T>(random: Random, from: readonly T[]): T {
  const chosen = from[random.whole(0, from.length - 1)];
  if (chosen === undefined) throw new Error('There is nothing to choose from.');
  return chosen;
}

/** So many days after the start of the CRM's records. */
const moment = (day: number): string => new Date(Date.UTC(2024, 0, 1, 8) + day * DAY).toISOString();
const pad = (n: number): string => String(n).padStart(2, '0');

/** For an email address: letters without their marks, in lower case. */
const plain = (name: string): string =>
  name
    .replaceAll('ø', 'o')
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();
