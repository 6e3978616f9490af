/** What a user of the generated modules may and may not write. The compiler checks it; nothing runs it. */
import { connect, type Int64, type Page, Problem } from 'smartwright/client';
import { type Channel, type Contact, type ContactListMeta, connectCrm, contact, type Deal, type Filter } from './crm/index.js';

const crm = connectCrm({ url: 'http://localhost:8085', apiKey: 'swk_…' });

export async function listsPages(): Promise<void> {
  const page: Page<Contact, ContactListMeta> = await crm.contact.list({ limit: 20 });
  const total: number | undefined = page.meta?.total;
  const first: Contact | undefined = page.items[0];
  await crm.contact.list();
  await crm.contact.list({ $next: page.next, status: ['lead', "won't answer"] }, { timeout: 1000 });
  for await (const { id, name } of crm.contact.list.all()) console.log(id, name.length, total, first?.nickname?.length);
  for await (const { items } of crm.deal.list.pages(undefined, { signal: AbortSignal.timeout(1000) })) items.map((deal) => deal.stage);
  // @ts-expect-error the status is one of four
  await crm.contact.list({ status: ['unknown'] });
  // @ts-expect-error there is no such input
  await crm.contact.list({ limits: 20 });
}

export async function callsMethods(): Promise<void> {
  const read: Contact = await crm.contact.read({ id: 2n ** 60n });
  const same: Contact = await contact(connect({ url: '' })).read({ id: read.id });
  const nothing: undefined = (await crm.contact.delete({ id: 1 })) as undefined;
  const stages: string[] = await crm.deal.stages();
  const wide: Int64 = await crm.delete.constructor_();
  console.log(same, nothing, stages, wide);
  // @ts-expect-error the id is required
  await crm.contact.read();
  // @ts-expect-error the id is required
  await crm.contact.read({});
}

export function narrows(channel: Channel): string {
  switch (channel.type) {
    case 'email':
      return channel.address;
    case 'phone':
      return channel.verified ? channel.number : '';
    case 'post':
      return channel.address.city;
  }
}

export function distinguishesAbsentFromNull(one: Contact): void {
  const nickname: string | null = one.nickname;
  const city: string | undefined = one.address?.city;
  const language: 'en' | 'de' | 'fr' | null | undefined = one['preferred language'];
  const point: [number, number] | undefined = one.position;
  const extra: string | number | undefined = one.extra?.['anything'];
  console.log(nickname, city, language, point, extra);
  // @ts-expect-error optional is not nullable
  one.birthday = null;
  // @ts-expect-error an optional member is left out, not undefined
  one.address = undefined;
  // @ts-expect-error a point has two numbers
  one.position = [1];
}

export function keepsOpenObjects(deal: Deal): void {
  const known: number = deal.amount;
  const other: unknown = deal['custom'];
  const when: string | undefined = deal.history?.[0]?.at;
  console.log(known, other, when);
}

export const filter: Filter = { and: [{ field: 'name', value: 1 }, { and: [] }] };

export function readsProblems(error: unknown): string | undefined {
  if (!(error instanceof Problem)) return undefined;
  return error.authorizationUrl ?? error.fields[0]?.message;
}
