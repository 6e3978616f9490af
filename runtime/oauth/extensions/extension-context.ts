import type { Application } from '../application.js';
import { signerOf, signJwt } from '../signer.js';
import { sharedValue } from '../stage-parameters.js';
import type { TokenEndpoint } from '../token-endpoint.js';
import type { ExtensionContext, ExtensionValues } from './extension.js';

/** What an extension works with. */
export function extensionContext(endpoint: TokenEndpoint, application: Application): ExtensionContext {
  const { resource } = application;
  return {
    resource,
    values: extensionValues(application),
    http: endpoint.http(resource),
    log: endpoint.log,
    now: endpoint.now,
    signJwt: (claims, settings) => signJwt(signerOf(resource, settings), claims),
  };
}

/** The value of each parameter that has one, wherever the type lists it. */
export function extensionValues(application: Application): ExtensionValues {
  const values = application.type.parameters.flatMap(({ name }) => {
    const value = sharedValue(application, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(values);
}
