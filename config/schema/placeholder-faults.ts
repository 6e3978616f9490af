import type { FieldError } from '../model/errors.js';
import { jsonPointer } from '../model/json-pointer.js';
import { type OAuthResource, valueInStage } from '../model/oauth-resource.js';
import { type OAuthResourceType, stages } from '../model/oauth-resource-type.js';
import { fillIn, type PlaceholderValues, placeholdersIn, placeholderValues } from '../model/placeholders.js';
import { faultOfFormat } from './formats.js';
import { nearest } from './nearest.js';

/** What is wrong with the placeholders of an OAuth resource: one without a value, a value of none, an address that comes out as none. */
export function placeholderFaults(resource: OAuthResource, type: OAuthResourceType): FieldError[] {
  const addresses = Object.entries(resource).filter(
    (entry): entry is [string, string] => /(Endpoint|^issuer)$/.test(entry[0]) && typeof entry[1] === 'string',
  );
  const declared = (type.placeholders ?? []).map(({ name }) => name);
  const inAddresses = addresses.flatMap(([, address]) => placeholdersIn(address));
  const inValues = valuesSent(resource, type).flatMap(placeholdersIn);
  const needed = [...inAddresses, ...inValues.filter((name) => declared.includes(name))];
  const values = placeholderValues(type, resource);
  const missing = [...new Set(needed)].filter((name) => !values.has(name));
  const faults = [
    ...missing.map((name) => missingFault(name, type)),
    ...unknownFaults(resource, [...declared, ...inAddresses, ...inValues]),
    ...partFaults(inAddresses, values),
  ];
  return faults.length > 0
    ? faults
    : addresses.flatMap(([member, address]) => addressFaults(member, fillIn(address, values)));
}

/** Texts that may be sent, without secrets: braces in those are part of them. */
function valuesSent({ values }: OAuthResource, { parameters }: OAuthResourceType): string[] {
  return parameters.flatMap(({ name, secret, stages: boxes }) => {
    if (secret === true) return [];
    return stages.flatMap((stage) => {
      const own = Object.hasOwn(values, name) ? valueInStage(values[name], stage) : undefined;
      const value = own ?? boxes[stage]?.default;
      return [value ?? []].flat().filter((text) => typeof text === 'string');
    });
  });
}

function missingFault(name: string, type: OAuthResourceType): FieldError {
  const { description, example } = type.placeholders?.find((placeholder) => placeholder.name === name) ?? {};
  const what = description === undefined ? '' : ` (${description.replace(/\.$/, '')})`;
  const like = example === undefined ? '' : `, such as ${example}`;
  return {
    pointer: `/placeholders/${name}`,
    message: `is missing: {${name}}${what} has no value; give placeholders.${name}${like}`,
  };
}

function unknownFaults({ placeholders = {} }: OAuthResource, known: readonly string[]): FieldError[] {
  const unknown = Object.keys(placeholders).filter((name) => !known.includes(name));
  return unknown.map((name) => {
    const [meant] = nearest(name, known);
    const hint = meant === undefined ? 'remove it' : `did you mean "${meant}"?`;
    return {
      pointer: jsonPointer(['placeholders', name]),
      message: `no address and no value holds {${name}}; ${hint}`,
    };
  });
}

/** A value fills a part of an address, and cannot make it lead elsewhere. */
const partFaults = (names: readonly string[], values: PlaceholderValues): FieldError[] =>
  [...new Set(names)]
    .filter((name) => /[\s?#@\\]|:\/\//.test(values.get(name) ?? ''))
    .map((name) => ({
      pointer: `/placeholders/${name}`,
      message: `"${values.get(name)}" is more than a part of an address; give it without https://, blanks and ? # @`,
    }));

function addressFaults(member: string, address: string): FieldError[] {
  const fault = faultOfFormat.endpoint?.(address);
  return fault === undefined ? [] : [{ pointer: `/${member}`, message: `"${address}" ${fault}` }];
}
