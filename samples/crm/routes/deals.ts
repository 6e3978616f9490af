import { randomUUID } from 'node:crypto';
import type { Call, Handlers } from '../call.js';
import type { Database } from '../database.js';
import { fieldsOf } from '../fields.js';
import type { Deal, OpenStage } from '../model.js';
import { type CursorQuery, cursorPage } from '../paging.js';
import { type FieldProblem, notFound, Problem, unprocessable } from '../problem.js';

interface DealQuery extends CursorQuery {
  readonly stage?: readonly Deal['stage'][];
  readonly companyId?: number;
  readonly dueBefore?: string;
}
interface DealPath {
  readonly dealId: number;
}
type DealFields = Pick<Deal, 'title' | 'companyId' | 'contactId' | 'value' | 'probability' | 'dueOn'> & {
  stage: OpenStage;
};
type NewDeal = Partial<DealFields> & Pick<DealFields, 'title' | 'companyId' | 'value' | 'dueOn'>;

const writable = [
  'title',
  'companyId',
  'contactId',
  'value',
  'stage',
  'probability',
  'dueOn',
] as const satisfies readonly (keyof DealFields)[];

export const dealHandlers = (database: Database): Handlers => ({
  listDeals: ({ query }: Call<object, DealQuery>) => {
    const { stage, companyId, dueBefore } = query;
    const rows = database.deals.where(
      (deal) =>
        (stage === undefined || stage.includes(deal.stage)) &&
        (companyId === undefined || deal.companyId === companyId) &&
        (dueBefore === undefined || deal.dueOn < dueBefore),
    );
    return {
      body: cursorPage(
        rows.sort((a, b) => a.dueOn.localeCompare(b.dueOn) || a.id - b.id),
        query,
      ),
    };
  },

  createDeal: ({ body }: Call<object, object, NewDeal>) => {
    checkReferences(database, body);
    const deal = database.deals.insert({
      reference: randomUUID(),
      contactId: null,
      stage: 'qualified',
      probability: 10,
      ...fieldsOf(body, writable),
      title: body.title,
      companyId: body.companyId,
      value: body.value,
      dueOn: body.dueOn,
    });
    return { status: 201, headers: { location: `/deals/${deal.id}` }, body: deal };
  },

  getDeal: ({ path }: Call<DealPath>) => ({ body: find(database, path.dealId) }),

  updateDeal: ({ path, body }: Call<DealPath, object, Partial<DealFields>>) => {
    const deal = findOpen(database, path.dealId);
    checkReferences(database, body);
    return { body: database.deals.replace({ ...deal, ...fieldsOf(body, writable) }) };
  },

  deleteDeal: ({ path }: Call<DealPath>) => {
    database.deals.delete(find(database, path.dealId).id);
    return {};
  },

  winDeal: ({ path, body, caller }: Call<DealPath, object, { closedOn: string }>) => {
    const deal = findOpen(database, path.dealId);
    const outcome = { closedOn: body.closedOn, closedBy: caller.subject, reason: null };
    return { body: database.deals.replace({ ...deal, stage: 'won', probability: 100, outcome }) };
  },

  loseDeal: ({ path, body, caller }: Call<DealPath, object, { closedOn: string; reason: string }>) => {
    const deal = findOpen(database, path.dealId);
    const outcome = { closedOn: body.closedOn, closedBy: caller.subject, reason: body.reason };
    return { body: database.deals.replace({ ...deal, stage: 'lost', probability: 0, outcome }) };
  },
});

function find(database: Database, id: number): Deal {
  const deal = database.deals.get(id);
  if (deal === undefined) throw notFound('deal', id);
  return deal;
}

function findOpen(database: Database, id: number): Deal {
  const deal = find(database, id);
  if (deal.outcome !== undefined) throw new Problem(409, 'Closed', `Deal ${id} is ${deal.stage} already.`);
  return deal;
}

function checkReferences(database: Database, { companyId, contactId }: Partial<DealFields>): void {
  const errors: FieldProblem[] = [];
  if (companyId !== undefined && database.companies.get(companyId) === undefined) {
    errors.push({ pointer: '/companyId', detail: `names company ${companyId}, which does not exist` });
  }
  if (contactId !== undefined && contactId !== null && database.contacts.get(contactId) === undefined) {
    errors.push({ pointer: '/contactId', detail: `names contact ${contactId}, which does not exist` });
  }
  if (errors.length > 0) throw unprocessable(errors);
}
