import { withConsent } from './consent.js';
import { faultsIn, showFaults } from './field-faults.js';
import { element } from './page-elements.js';

/** @typedef {import('crm').Contact} Contact */

const dialog = element('editor', HTMLDialogElement);
const form = element('contact', HTMLFormElement);
const title = element('editor-title', HTMLElement);
const failure = element('editor-error', HTMLElement);
const save = element('save', HTMLButtonElement);
const cancel = element('cancel', HTMLButtonElement);

/**
 * Lets the person edit a contact.
 *
 * @param {import('crm').Crm} crm
 * @param {Contact['id']} contactId
 * @returns {Promise<Contact | undefined>} the contact as it was saved; undefined when the person cancels
 */
export async function openEditor(crm, contactId) {
  const contact = await withConsent(() => crm.contact.read({ contactId }));
  fill(contact);
  report(undefined);
  dialog.showModal();
  return new Promise((resolve) => {
    const close = (/** @type {Contact | undefined} */ result) => {
      form.removeEventListener('submit', submit);
      dialog.close();
      resolve(result);
    };
    /** @param {SubmitEvent} event */
    async function submit(event) {
      event.preventDefault();
      save.disabled = true;
      try {
        close(
          await withConsent(() => crm.contact.update({ contactId, 'If-Match': `"${contact.version}"`, ...changes() })),
        );
      } catch (error) {
        report(error);
      }
      save.disabled = false;
    }
    form.addEventListener('submit', submit);
    cancel.addEventListener('click', () => close(undefined), { once: true });
    dialog.addEventListener('cancel', () => close(undefined), { once: true });
  });
}

/** @param {Contact} contact */
function fill(contact) {
  title.textContent = `${contact.firstName} ${contact.lastName}`;
  const { firstName, lastName, email, status, phone, address, newsletter } = contact;
  const values = {
    firstName,
    lastName,
    email,
    status,
    phone: phone ?? '',
    city: address?.city,
    country: address?.country,
  };
  for (const [name, value] of Object.entries(values)) field(name).value = value ?? '';
  element('newsletter', HTMLInputElement).checked = newsletter;
}

/** What the fields say, as the method wants it. */
function changes() {
  const [city, country] = [field('city').value, field('country').value];
  return {
    firstName: field('firstName').value,
    lastName: field('lastName').value,
    email: field('email').value,
    phone: field('phone').value || null,
    status: /** @type {Contact['status']} */ (field('status').value),
    newsletter: element('newsletter', HTMLInputElement).checked,
    ...((city !== '' || country !== '') && { address: { city, country } }),
  };
}

/**
 * Shows what went wrong: at the fields where it is theirs, above them where it is not. Undefined: nothing did.
 *
 * @param {unknown} error
 */
function report(error) {
  const faults = faultsIn(error);
  showFaults(form, faults);
  failure.hidden = error === undefined || faults.size > 0;
  failure.textContent = error instanceof Error ? error.message : String(error ?? '');
}

/** @param {string} name */
function field(name) {
  const found = form.elements.namedItem(name);
  if (found instanceof HTMLInputElement || found instanceof HTMLSelectElement) return found;
  throw new Error(`The form has no field "${name}".`);
}
