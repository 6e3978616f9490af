import { camelCase } from '../model/names.js';
import type { Preset, PresetDocuments } from '../model/preset.js';
import { presetType } from './fill-from-preset.js';

/**
 * The documents of a preset, to be looked through and applied. What the admin has stands as a reference to the environment:
 * `${env:SALESFORCE_CLIENT_ID}`, `${env:SHOPIFY_SHOP}`.
 */
export function presetDocuments(preset: Preset): PresetDocuments {
  const { name, title, required, resource } = preset;
  const variable = (member: string) => `\${env:${`${name}_${member}`.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase()}}`;
  const resourceType = presetType(preset);
  const open = (resourceType.placeholders ?? []).filter((placeholder) => placeholder.default === undefined);
  const signs = /^(saml2|jwt)_bearer$/.test(resourceType.grant ?? '');
  const placeholders = Object.fromEntries(open.map((placeholder) => [placeholder.name, variable(placeholder.name)]));
  return {
    resourceType,
    resource: {
      kind: 'OAuthResource',
      name: camelCase(name),
      displayName: title,
      type: resourceType.name,
      ...resource,
      ...(open.length === 0 ? {} : { placeholders: { ...placeholders, ...resource.placeholders } }),
      ...(signs ? { signingKey: { privateKey: variable('private_key'), certificate: variable('certificate') } } : {}),
      values: { ...resource.values, ...Object.fromEntries(required.map((value) => [value, variable(value)])) },
    },
  };
}
