import { Problem } from 'smartwright/client';
import type { Demo } from '../demo.js';

/** Creates, changes and deletes, with a mistake that is caught before the service is asked. */
export async function write(demo: Demo): Promise<void> {
  const { report, world } = demo;
  report.heading('Create, update, delete');
  const { crm } = await demo.alice();
  const requests = () => world.crm.counts().requests;

  const before = requests();
  const fields = await faultsOf(() => crm.contact.create({ firstName: '', lastName: 'Lovelace', email: 'ada' }));
  report.done(
    `A contact without a first name, with a wrong email: refused, the CRM was asked ${requests() - before} times`,
  );
  for (const { pointer, message } of fields) report.note(`${pointer} ${message}`);

  const { id } = await crm.contact.create({
    firstName: 'Ada',
    lastName: 'Lovelace',
    email: 'ada@example.org',
    address: { city: 'London', country: 'GB' },
  });
  const changed = await crm.contact.update({ contactId: id, status: 'active' });
  report.done(`Created contact ${id} with a nested address, changed its status to ${changed.status}`);
  report.note(`The answer's entity tag, which the descriptor declares, is typed too: ${changed.$headers?.ETag}`);
  const photo = { name: 'ada.png', mediaType: 'image/png', content: PIXEL };
  const { size } = await crm.contact.updatePhoto({ contactId: id, photo });
  const { content } = await crm.contact.readPhoto({ contactId: id });
  if (content !== PIXEL) throw new Error('The photo that came back is another one.');
  report.done(`Uploaded a photo of ${size} bytes and read the same bytes back`);
  await crm.contact.delete({ contactId: id });
  report.done('Deleted it');
}

async function faultsOf(call: () => Promise<unknown>): Promise<Problem['fields']> {
  try {
    await call();
  } catch (error) {
    if (error instanceof Problem && error.code === 'INPUT_INVALID') return error.fields;
    throw error;
  }
  throw new Error('A contact that is not valid was taken.');
}

/** A PNG picture of one pixel, base64. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
