import { formPageRoutes } from '../console/form-page.js';
import { consoleRoutes } from '../console/routes.js';
import { openApiRoute } from '../openapi/route.js';
import { consentRoutes } from '../pages/consent.js';
import { deviceConsentPages } from '../pages/device-consent.js';
import { oneTimeRoutes } from '../pages/one-time.js';
import { openIdRoutes } from '../pages/openid.js';
import { passwordRoutes } from '../pages/password.js';
import { signInRoutes } from '../pages/sign-in.js';
import type { ServerParts } from '../parts.js';
import type { Route } from '../route.js';
import { descriptorRoutes } from './descriptors.js';
import { deviceConsentRoutes } from './device-consents.js';
import { identityRoutes } from './identities.js';
import { instanceRoutes } from './instances.js';
import { meRoutes } from './me.js';
import { methodFormRoutes } from './method-forms.js';
import { oauthRoutes } from './oauth.js';
import { presetRoutes } from './presets.js';
import { recordRoutes } from './records.js';
import { serviceRoutes } from './service.js';
import { smartObjectRoutes } from './smart-objects.js';
import { smartSearchRoutes } from './smart-search.js';
import { tokenRoutes } from './tokens.js';

/** Every route of the server. The first that matches serves, so a fixed path stands before a parameter in the same place. */
export function createRoutes(parts: ServerParts): Route[] {
  const api = [
    ...smartSearchRoutes(parts),
    ...smartObjectRoutes(parts),
    ...methodFormRoutes(parts),
    ...descriptorRoutes(parts),
    ...instanceRoutes(parts),
    ...oauthRoutes(parts),
    ...presetRoutes(),
    ...deviceConsentRoutes(parts),
    ...tokenRoutes(parts),
    ...identityRoutes(parts),
    ...recordRoutes(parts),
    ...meRoutes(parts),
    ...serviceRoutes(parts),
  ];
  const pages = [
    ...consoleRoutes(),
    ...formPageRoutes(parts),
    ...signInRoutes(parts),
    ...openIdRoutes(parts),
    ...oneTimeRoutes(parts),
    ...passwordRoutes(parts),
    ...consentRoutes(parts),
    ...deviceConsentPages(parts),
  ];
  return [...api, openApiRoute(api, parts.runtime), ...pages];
}
