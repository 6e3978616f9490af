/** What a user of the modules of `library.json` may and may not write. The compiler checks it; nothing runs it. */
import { connect, type Page } from 'smartwright/client';
import { type Book, connectLibrary, type Credit, type Item, type Loan, type Member, type MemberCreateInput, Standing, member } from './library/index.js';

const library = connectLibrary({ url: 'http://localhost:8085' });

export function narrows(item: Item): string | number {
  switch (item.medium) {
    case 'book':
      return item.isbn;
    case 'film':
      return item.minutes;
    case 'magazine':
    case 'journal':
      return item.issue;
  }
  const none: never = item;
  return none;
}

export function knowsNothingOfOthers(item: Item): void {
  // @ts-expect-error only a book has pages
  item.pages;
  if (item.medium !== 'film') return;
  const minutes: number = item.minutes;
  // @ts-expect-error a film has no ISBN
  item.isbn;
  console.log(minutes);
}

export const book: Book = { id: 2n ** 60n, title: 'Emma', medium: 'book', isbn: '0' };
// @ts-expect-error a book is no film
export const wrong: Book = { id: 1, title: 'Emma', medium: 'film', isbn: '0' };

export async function distinguishesOptionalFromNullable(): Promise<void> {
  const born = '1980-01-01';
  await library.member.create({ name: 'Ada', pin: '1', born });
  await library.member.create({ name: 'Ada', pin: '1', born: null, nickname: 'A', standing: Standing.Good });
  // @ts-expect-error what is nullable must be there all the same
  await library.member.create({ name: 'Ada', pin: '1' });
  // @ts-expect-error what is optional is left out, not null
  await library.member.create({ name: 'Ada', pin: '1', born, nickname: null });
  // @ts-expect-error there is no such standing
  await library.member.create({ name: 'Ada', pin: '1', born, standing: 3 });
}

export async function takesWhatCanBeWritten(input: MemberCreateInput): Promise<void> {
  await library.member.create(input);
  await library.member.update({ memberId: '1', ...input });
  // @ts-expect-error the service gives the id
  input.id;
  // @ts-expect-error the service gives the loans
  await library.member.create({ ...input, loans: [] });
  // @ts-expect-error the PIN must be given
  await library.member.create({ name: 'Ada', born: null });
}

export async function givesWhatCanBeRead(): Promise<void> {
  const made: Member = await library.member.create({ name: 'Ada', pin: '1', born: null });
  const id: string = made.id;
  const loans: Loan[] | undefined = made.loans;
  const standing: 0 | 1 | 2 | undefined = made.standing;
  // @ts-expect-error nobody reads a PIN
  made.pin;
  const gone: void = await member(connect({ url: '' })).delete({ memberId: id });
  console.log(loans, standing, gone);
}

export async function typesItemsOfAllPages(): Promise<void> {
  const page: Page<Item, { total: number }> = await library.item.list({ limit: 1 });
  const total: number | undefined = page.meta?.total;
  for await (const item of library.item.list.all()) {
    const title: string = item.title;
    const checked: Item = item;
    if (item.medium === 'book') console.log(title, item.pages?.toFixed(), checked);
    // @ts-expect-error items are not members
    item.pin;
  }
  for await (const one of library.member.list.all()) console.log(one.id, total);
  // @ts-expect-error a limit is a number
  library.item.list.all({ limit: '1' });
}

export function namesInlineTypesOnce(credit: Credit): string | null {
  const name: string = credit.name;
  return name === '' ? null : credit.role;
}

export function placesShelves({ shelf }: Loan): number {
  const [room, row]: [string, number] = shelf ?? ['main', 1];
  // @ts-expect-error a shelf is a room and a row
  const more: Loan['shelf'] = ['main', 1, 2];
  return room.length + row + (more?.length ?? 0);
}
