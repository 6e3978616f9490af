import { Problem } from 'smartwright/client';

/**
 * What is wrong with the fields of a form: as Smartwright found before it called the service, or as the service itself said
 * in its own problem document.
 *
 * @param {unknown} error
 * @returns {Map<string, string>} messages by field name
 */
export function faultsIn(error) {
  if (!(error instanceof Problem)) return new Map();
  const own = error.fields.map(({ pointer, message }) => /** @type {const} */ ([fieldOf(pointer), message]));
  const body = /** @type {{ errors?: { pointer: string, detail: string }[] } | undefined} */ (error.upstream?.body);
  const services = (body?.errors ?? []).map(({ pointer, detail }) => /** @type {const} */ ([fieldOf(pointer), detail]));
  return new Map([...own, ...services]);
}

/**
 * `/address/country` → `country`.
 *
 * @param {string} pointer
 */
const fieldOf = (pointer) => pointer.slice(pointer.lastIndexOf('/') + 1);

/**
 * Shows the faults at their fields, and takes away those shown before. Moves to the first field with one.
 *
 * @param {HTMLFormElement} form
 * @param {ReadonlyMap<string, string>} faults
 */
export function showFaults(form, faults) {
  for (const old of form.querySelectorAll('.fault')) old.remove();
  /** @type {HTMLElement | undefined} */
  let first;
  for (const field of form.elements) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) continue;
    const message = faults.get(field.name);
    field.setAttribute('aria-invalid', String(message !== undefined));
    if (message === undefined) {
      field.removeAttribute('aria-describedby');
      continue;
    }
    const fault = document.createElement('p');
    fault.className = 'fault';
    fault.id = `${field.id}-fault`;
    fault.textContent = message;
    field.setAttribute('aria-describedby', fault.id);
    field.after(fault);
    first ??= field;
  }
  first?.focus();
}
