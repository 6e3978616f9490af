import { Secret } from '../../../config/model/secret.js';
import type { IssuesTokens } from '../extensions/extension.js';
import { extensionContext, extensionValues } from '../extensions/extension-context.js';
import type { UnattendedGrant } from './grant.js';

/** An extension's way to a token, as a grant. */
export const extensionGrant = (extension: IssuesTokens): UnattendedGrant => ({
  owner: (application, credential) => extension.owner?.(credential, extensionValues(application)) ?? credential,
  async issue(context, application, { credential, callerToken }) {
    const requestedAt = new Date(context.now());
    const person = credential.startsWith('user:') ? await context.person(credential) : undefined;
    const issued = await extension.issue({ credential, person, callerToken }, extensionContext(context, application));
    const { accessToken, tokenType = 'Bearer', expiresIn, scope, fields = {} } = issued;
    return {
      requestedAt,
      token: {
        accessToken: new Secret(accessToken),
        tokenType,
        ...(expiresIn === undefined ? {} : { expiresIn }),
        ...(scope === undefined ? {} : { scope }),
        fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, new Secret(value)])),
      },
    };
  },
});
