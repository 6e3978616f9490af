/**
 * Runs the workflow once, as a scheduler would:
 *
 *     SMARTWRIGHT_URL=http://localhost:8085 SMARTWRIGHT_API_KEY=… node --import tsx samples/workflow/main.ts
 *
 * The key acts as a service account. Exit codes: 0 done, 1 failed, 3 an admin has to connect the service account first.
 */
import { Problem } from 'smartwright/client';
import { environmentValue } from '../../config/settings.js';
import { connectCrm } from '../modules/crm/index.js';
import { chaseOverdueDeals } from './overdue-deals.js';

try {
  const crm = connectCrm({ url: environmentValue('SMARTWRIGHT_URL'), apiKey: environmentValue('SMARTWRIGHT_API_KEY') });
  const outcomes = await chaseOverdueDeals(crm, new Date().toISOString().slice(0, 10));
  for (const { deal, action, detail } of outcomes) console.log(`${action}\t${deal}\t${detail}`);
} catch (error) {
  if (error instanceof Problem && error.authorizationUrl !== undefined) {
    console.error(`The service account is not connected. An admin does it once: ${error.authorizationUrl}`);
    process.exitCode = 3;
  } else {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
