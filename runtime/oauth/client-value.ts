import { ConfigurationError } from '../../config/model/errors.js';
import type { Application } from './application.js';
import { plainText } from './form-encoding.js';
import { sharedValue } from './stage-parameters.js';

/** The value of a parameter that must be there, wherever the type lists it. @throws ConfigurationError DOCUMENT_INVALID */
export function clientValue(application: Application, name: string): string {
  const value = sharedValue(application, name);
  if (value !== undefined) return plainText(value);
  const { type, resource } = application;
  throw new ConfigurationError(
    'DOCUMENT_INVALID',
    `OAuth resource "${resource.name}": a value for "${name}" is needed; ` +
      `list the parameter in type "${type.name}" and give the resource a value for it.`,
    { fields: [{ pointer: `/values/${name}`, message: 'is needed for this grant and client authentication' }] },
  );
}
