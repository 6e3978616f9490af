import { Problem } from 'smartwright/client';
import type { Demo } from '../demo.js';
import { tokenRequestsOf } from '../token-requests.js';

/** The same call twice: refused with the address of the consent, then, after the consent, answered. */
export async function consent(demo: Demo): Promise<void> {
  const { world, report } = demo;
  report.heading('Call, before anybody gave consent');
  const { person, crm } = await demo.alice();
  const list = () => crm.contact.list({ status: ['lead'], limit: 5 });

  const url = await authorizationUrlOf(list);
  report.done("Alice calls crm.contact.list({ status: ['lead'], limit: 5 }): refused, authorization required");
  report.note(`with the address where she gives it: ${url}`);

  report.heading('Consent, and the same call again');
  const { asked } = await tokenRequestsOf(world.authorizationServer, () => person.consent(url));
  report.done('Alice opens it, signs in at the authorization server and allows access: Authorization successful');
  report.note(`The token endpoint was asked: ${asked}`);
  const page = await list();
  report.done(`The same call: ${page.items.length} of ${page.meta?.total} contacts, typed`);
  report.table(
    ['Name', 'Email', 'City', 'Status'],
    page.items.map(({ firstName, lastName, email, address, status }) => [
      `${firstName} ${lastName}`,
      email,
      address?.city ?? '',
      status,
    ]),
  );
  let count = 0;
  for await (const _ of crm.contact.list.all({ limit: 100 })) count += 1;
  report.done(`for await (… of crm.contact.list.all()) goes through all pages: ${count} contacts`);
}

async function authorizationUrlOf(call: () => Promise<unknown>): Promise<string> {
  try {
    await call();
  } catch (error) {
    if (error instanceof Problem && error.code === 'AUTHORIZATION_REQUIRED' && error.authorizationUrl !== undefined) {
      return error.authorizationUrl;
    }
    throw error;
  }
  throw new Error('The call succeeded although nobody had given consent.');
}
