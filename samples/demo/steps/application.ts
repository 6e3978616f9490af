import { connect } from 'smartwright/client';
import type { Company } from '../../modules/crm/index.js';
import type { Demo } from '../demo.js';
import { tokenRequestsOf } from '../token-requests.js';

interface Page {
  readonly items: readonly Company[];
}

/** The same service by its other descriptor, with client credentials: nobody has to sign in. */
export async function application(demo: Demo): Promise<void> {
  const { world, report } = demo;
  report.heading('Without a person: client credentials, the Swagger 2.0 description');
  const { person } = await demo.alice();
  const transport = connect({ url: world.smartwright, fetch: person.fetch });
  const input = { industry: 'software', limit: 4 };
  const { result, asked } = await tokenRequestsOf(world.authorizationServer, () =>
    transport.call('crmReports_Company', 'List', input),
  );
  report.done(`POST /api/smartobjects/crmReports_Company/List ${JSON.stringify(input)}`);
  report.note(`The token endpoint was asked: ${asked}`);
  report.table(
    ['Company', 'Employees', 'Website'],
    (result as Page).items.map(({ name, employees, website }) => [name, employees, website]),
  );
}
