import { Problem } from 'smartwright/client';
import type { Crm, Deal } from '../modules/crm/index.js';

/** What a run did, a line for each deal. */
export interface Outcome {
  readonly deal: string;
  readonly action: 'won' | 'reminded' | 'passed over';
  readonly detail: string;
}

/**
 * Every night: writes a reminder into each open deal that is overdue, and closes the one that is as good as won.
 *
 * A deal that somebody closes or deletes meanwhile is passed over; anything else that fails ends the run, and the next run
 * takes up what is left.
 *
 * @param today such as `2026-03-01`
 * @param limit how many deals a run looks at, at most
 */
export async function chaseOverdueDeals(crm: Crm, today: string, limit = 10): Promise<Outcome[]> {
  const overdue: Deal[] = [];
  for await (const deal of crm.deal.list.all({ stage: ['qualified', 'proposal', 'negotiation'], dueBefore: today })) {
    overdue.push(deal);
    if (overdue.length === limit) break;
  }
  const ripest = overdue.toSorted((a, b) => b.probability - a.probability)[0];

  const outcomes: Outcome[] = [];
  for (const deal of overdue) {
    outcomes.push(await passingOver(deal, () => (deal === ripest ? win(crm, deal, today) : remind(crm, deal, today))));
  }
  return outcomes;
}

async function win(crm: Crm, deal: Deal, today: string): Promise<Outcome> {
  const { value, outcome } = await crm.deal.win({ dealId: deal.id, closedOn: today });
  return {
    deal: deal.title,
    action: 'won',
    detail: `${value.amount} ${value.currency}, closed by ${outcome?.closedBy ?? 'nobody'}`,
  };
}

async function remind(crm: Crm, deal: Deal, today: string): Promise<Outcome> {
  const text = `Due on ${deal.dueOn}, and still in ${deal.stage} on ${today}.`;
  await crm.note.create({ about: 'deal', aboutId: deal.id, text });
  return { deal: deal.title, action: 'reminded', detail: `due on ${deal.dueOn}` };
}

/** The CRM's own answers that mean: this deal is no longer ours to chase. */
const goneMeanwhile = [404, 409];

async function passingOver(deal: Deal, act: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await act();
  } catch (error) {
    const status = error instanceof Problem ? error.upstream?.status : undefined;
    if (status === undefined || !goneMeanwhile.includes(status)) throw error;
    return { deal: deal.title, action: 'passed over', detail: `the CRM answered ${status}` };
  }
}
