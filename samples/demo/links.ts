import { people } from './people.js';
import type { Report } from './report.js';
import { ACCESS_TOKEN_TTL, type World } from './world.js';

/** What was started, and where. */
export function showServers(world: World, report: Report): void {
  report.heading('Start, each on a free port of this machine');
  report.done(`Smartwright           ${world.smartwright}`);
  report.done(`Authorization server  ${world.authorizationServer.issuer}   access tokens live ${ACCESS_TOKEN_TTL} s`);
  report.done(`Sample CRM            ${world.crm.url}   takes those tokens only`);
  report.done(`Sample invoicing      ${world.invoicing.url}   the same tokens, by SOAP`);
  report.done(`Form page             ${world.form.origin}`);
  report.note(`Data folder: ${world.data}`);
}

/** Where a person goes on by hand. */
export function showLinks(world: World, report: Report): void {
  const { smartwright, passwords } = world;
  report.heading('Try it yourself; Ctrl-C ends everything');
  report.links([
    ['Sign in', `${smartwright}/sign-in`],
    ['  as a user', `alice / ${passwords.alice}   connected in step 6`],
    ['  as a designer', `designer / ${passwords.designer}   not connected yet: the form asks for consent`],
    ['  as an admin', `admin / ${passwords.admin}`],
    ['Form', `${world.form.origin}/`],
    ['Console', `${smartwright}/console`],
    ['API description', `${smartwright}/openapi.json`],
    ['CRM descriptors', `${world.crm.url}/openapi.json   ${world.crm.url}/swagger.yaml`],
    ['Invoicing WSDL', `${world.invoicing.url}?wsdl`],
    [
      'Authorization server',
      `${world.authorizationServer.metadataEndpoint}   people: ${people.map(({ userName, password }) => `${userName} / ${password}`).join(', ')}`,
    ],
  ]);
  report.note('From another terminal, as the workflow:');
  report.note(
    `SMARTWRIGHT_URL=${smartwright} SMARTWRIGHT_API_KEY=${world.workflowKey} npm run -s smartwright -- call crm_Contact.List --input '{"limit":5}'`,
  );
}
