import { ConfigurationError, type FieldError } from '../model/errors.js';
import { camelCase } from '../model/names.js';
import type { OAuthResourceType } from '../model/oauth-resource-type.js';
import type { Preset } from '../model/preset.js';
import { nearest } from '../schema/nearest.js';
import { presets } from './catalogue.js';

/** A document that named a preset, filled in. */
export interface Filled {
  readonly document: unknown;
  /** The resource type of the preset, for a resource that names no type of its own: save it first. */
  readonly type?: OAuthResourceType;
}

type Members = Readonly<Record<string, unknown>>;

/**
 * Fills in what the preset of a document knows. `preset` is a member of an OAuth resource (the default where there is no `kind`) or of
 * an OAuth resource type. What the document says itself wins; values, placeholders and parameters are taken together, by name. A
 * document without a preset stays as it is.
 *
 * @throws ConfigurationError DOCUMENT_INVALID for a preset that there is not, and for values that it needs and the document lacks
 */
export function fillFromPreset(document: unknown): Filled {
  if (!isMembers(document) || !('preset' in document)) return { document };
  const { preset: wanted, kind = 'OAuthResource', ...own } = document;
  const title = `Document "${String(own.name)}"`;
  const preset = presetNamed(wanted, title);
  if (kind === 'OAuthResourceType') {
    const parameters = together(preset.resourceType.parameters, own.parameters);
    return { document: { kind, ...preset.resourceType, ...own, parameters } };
  }
  if (kind !== 'OAuthResource') {
    throw invalid(title, [{ pointer: '/preset', message: `a ${String(kind)} has no preset; remove it` }]);
  }
  const type = own.type === undefined ? presetType(preset) : undefined;
  const values = members(preset.resource.values, own.values);
  const missing = type === undefined ? [] : preset.required.filter((name) => isEmpty(values[name]));
  if (missing.length > 0)
    throw invalid(
      title,
      missing.map((name) => missingFault(name, preset)),
    );
  const placeholders = members(preset.resource.placeholders, own.placeholders);
  return {
    document: {
      kind,
      ...(type === undefined ? {} : { type: type.name }),
      ...preset.resource,
      ...own,
      ...(Object.keys(placeholders).length === 0 ? {} : { placeholders }),
      values,
    },
    ...(type === undefined ? {} : { type }),
  };
}

/** The preset's resource type as a document. */
export const presetType = ({ name, title, resourceType }: Preset): OAuthResourceType => ({
  kind: 'OAuthResourceType',
  name: camelCase(name),
  displayName: title,
  ...resourceType,
});

/** @throws ConfigurationError DOCUMENT_INVALID that names the one that was meant */
export function presetNamed(name: unknown, title: string): Preset {
  const preset = typeof name === 'string' ? presets().get(name) : undefined;
  if (preset !== undefined) return preset;
  const names = [...presets().keys()];
  const [meant] = typeof name === 'string' ? nearest(name, names) : [];
  const hint = meant === undefined ? `There are ${names.join(', ')}.` : `Did you mean "${meant}"?`;
  throw invalid(title, [{ pointer: '/preset', message: `There is no preset ${JSON.stringify(name)}. ${hint}` }]);
}

function missingFault(name: string, { name: preset, resourceType }: Preset): FieldError {
  const description = resourceType.parameters.find((parameter) => parameter.name === name)?.description;
  const what = description === undefined ? '' : ` ${description}`;
  return { pointer: `/values/${name}`, message: `values.${name} is missing; the preset ${preset} needs it.${what}` };
}

function invalid(title: string, fields: readonly FieldError[]): ConfigurationError {
  const told = fields.map(({ message }) => message).join(' ');
  return new ConfigurationError('DOCUMENT_INVALID', `${title}: ${told}`, { fields });
}

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the document gives by name over what the preset gives. What is no object is left for the schema to refuse. */
const members = (known: Members = {}, own: unknown = {}): Members =>
  isMembers(own) ? { ...known, ...own } : (own as Members);

/** The parameters of both; one of the document's own replaces that of the same name. */
function together(known: OAuthResourceType['parameters'], own: unknown): unknown {
  if (!Array.isArray(own)) return own ?? known;
  const names = new Set(own.map((parameter: unknown) => (isMembers(parameter) ? parameter.name : undefined)));
  return [...known.filter(({ name }) => !names.has(name)), ...own];
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';
