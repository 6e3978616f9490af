import { connectCrm } from 'crm';
import { smartwright } from '/config.js';
import { withConsent } from './consent.js';
import { openEditor } from './contact-editor.js';
import { element } from './page-elements.js';

/** @typedef {import('crm').Contact} Contact */

/** The person's session at Smartwright goes along with each call. */
const crm = connectCrm({ url: smartwright, credentials: 'include' });

const search = element('search', HTMLFormElement);
const text = element('search-text', HTMLInputElement);
const status = element('search-status', HTMLSelectElement);
const summary = element('summary', HTMLElement);
const rows = element('contacts', HTMLElement);
const more = element('more', HTMLButtonElement);

/** @type {string | undefined} */
let next;

/** Shows the first page of what is searched for. */
async function show() {
  rows.replaceChildren();
  next = undefined;
  await showMore();
}

/** Appends the next page. */
async function showMore() {
  more.disabled = true;
  try {
    const page = await withConsent(() => crm.contact.list(query()));
    rows.append(...page.items.map(row));
    next = page.next;
    summary.textContent = `${rows.childElementCount} of ${page.meta?.total ?? rows.childElementCount} contacts`;
  } catch (error) {
    summary.textContent = error instanceof Error ? error.message : String(error);
  }
  more.disabled = false;
  more.hidden = next === undefined;
}

/** @returns {import('crm').ContactListInput} */
function query() {
  return {
    limit: 20,
    ...(text.value !== '' && { search: text.value }),
    ...(status.value !== '' && { status: [/** @type {Contact['status']} */ (status.value)] }),
    ...(next !== undefined && { $next: next }),
  };
}

/** @param {Contact} contact */
function row(contact) {
  const line = document.createElement('tr');
  const name = document.createElement('button');
  name.type = 'button';
  name.className = 'link';
  name.textContent = `${contact.firstName} ${contact.lastName}`;
  name.addEventListener('click', async () => {
    const changed = await openEditor(crm, contact.id);
    if (changed !== undefined) line.replaceWith(row(changed));
  });
  for (const content of [name, contact.email, contact.address?.city ?? '', contact.status]) {
    const cell = document.createElement('td');
    cell.append(content);
    line.append(cell);
  }
  return line;
}

search.addEventListener('submit', (event) => {
  event.preventDefault();
  void show();
});
more.addEventListener('click', () => void showMore());
await show();
