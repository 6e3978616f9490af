import { alice, type Person } from '../authorization-server/index.js';

/** The account that the sales team made in the CRM for what runs by itself. */
export const salesBot: Person = { userName: 'sales-bot', password: 'clockwork', displayName: 'Sales Bot' };

/** Who can sign in at the demo's authorization server. */
export const people: readonly Person[] = [alice, salesBot];
