import express, { type Request, type Response, type Router } from 'express';
import type Provider from 'oidc-provider';
import { consentPage, loginPage, pageHeaders, problemPage } from './pages.js';
import type { Person } from './people.js';

/** The pages between an authorization request and its answer: sign in, then allow or deny. */
export function interactions(provider: Provider, people: readonly Person[]): Router {
  const router = express.Router();
  router.use('/interaction', express.urlencoded({ extended: false, limit: '8kb' }));

  router.get('/interaction/:uid', async (request, response) => {
    const { uid, prompt, params, session } = await provider.interactionDetails(request, response);
    const client = String(params.client_id);
    if (prompt.name === 'login') return show(response, login(uid, client));
    const person = people.find(({ userName }) => userName === session?.accountId);
    const scopes = String(params.scope ?? '').split(' ');
    const page = { allow: `/interaction/${uid}/allow`, deny: `/interaction/${uid}/deny`, client, scopes };
    return show(response, consentPage({ ...page, person: person?.displayName ?? 'unknown' }));
  });

  router.post('/interaction/:uid/login', async (request, response) => {
    const { uid, params } = await provider.interactionDetails(request, response);
    const person = people.find((candidate) => candidate.userName === request.body?.userName);
    if (person === undefined || person.password !== request.body?.password) {
      response.status(403);
      return show(response, login(uid, String(params.client_id), 'The user name or the password is wrong.'));
    }
    return await finish(request, response, { login: { accountId: person.userName } });
  });

  router.post('/interaction/:uid/allow', async (request, response) => {
    const { params, prompt, session, grantId } = await provider.interactionDetails(request, response);
    const existing = grantId === undefined ? undefined : await provider.Grant.find(grantId);
    const grant =
      existing ??
      new provider.Grant({ clientId: String(params.client_id), ...(session && { accountId: session.accountId }) });
    for (const [audience, scopes] of Object.entries(missingResourceScopes(prompt.details))) {
      grant.addResourceScope(audience, scopes.join(' '));
    }
    const { missingOIDCScope: openId = [] } = prompt.details as { missingOIDCScope?: string[] };
    if (openId.length > 0) grant.addOIDCScope(openId.join(' '));
    return await finish(request, response, { consent: { grantId: await grant.save() } });
  });

  router.post('/interaction/:uid/deny', (request, response) =>
    finish(request, response, { error: 'access_denied', error_description: 'The person denied access.' }),
  );

  const login = (uid: string, client: string, problem?: string): string => {
    const [hint = { userName: 'nobody', password: '' }] = people;
    return loginPage({ action: `/interaction/${uid}/login`, client, hint, ...(problem && { problem }) });
  };
  const finish = (request: Request, response: Response, result: Parameters<Provider['interactionFinished']>[2]) =>
    provider.interactionFinished(request, response, result, { mergeWithLastSubmission: 'login' in result === false });

  router.use('/interaction', (error: unknown, _request: Request, response: Response, _next: unknown) => {
    response.status(400);
    show(response, problemPage('This does not work', error instanceof Error ? error.message : 'Start again.'));
  });
  return router;
}

function show(response: Response, page: string): void {
  response.set(pageHeaders).send(page);
}

function missingResourceScopes(details: Readonly<Record<string, unknown>>): Record<string, string[]> {
  const { missingResourceScopes: missing } = details;
  return (missing ?? {}) as Record<string, string[]>;
}
