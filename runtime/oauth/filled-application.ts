import { fillIn, placeholderValues } from '../../config/model/placeholders.js';
import type { Application } from './application.js';
import { isSecretParameter } from './stage-parameters.js';

/**
 * The application with its placeholders filled in: in endpoints, issuer, assertions, values and the type's defaults. Secrets are left
 * alone: what looks like a placeholder in one is part of it.
 */
export function withPlaceholders<A extends Application>(application: A): A {
  const { type, resource } = application;
  const values = placeholderValues(type, resource);
  if (values.size === 0) return application;
  const secret = new Set(type.parameters.filter(isSecretParameter).map(({ name }) => name));
  const { signingKey, values: given, ...rest } = resource;
  return {
    ...application,
    type: {
      ...fillIn(type, values),
      parameters: type.parameters.map((parameter) =>
        secret.has(parameter.name) ? parameter : fillIn(parameter, values),
      ),
    },
    resource: {
      ...fillIn(rest, values),
      ...(signingKey === undefined ? {} : { signingKey }),
      values: Object.fromEntries(
        Object.entries(given).map(([name, value]) => [name, secret.has(name) ? value : fillIn(value, values)]),
      ),
    },
  };
}
