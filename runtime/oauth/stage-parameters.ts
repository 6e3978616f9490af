import { type OAuthResource, valueInStage } from '../../config/model/oauth-resource.js';
import type { ListStyle, OAuthParameter, ParameterValue, Stage } from '../../config/model/oauth-resource-type.js';
import { Secret } from '../../config/model/secret.js';
import { isStoredSecret } from '../../config/model/stored-secret.js';
import type { Application } from './application.js';
import { endpointOf, queryNames } from './endpoint.js';

/** One parameter of a stage's request, ready to be written. */
export interface StageParameter {
  /** The name on the wire. */
  readonly name: string;
  /** A `Secret` is never written into a URL. */
  readonly value: string | Secret;
  /** Who gave the value: the runtime, the type's default for the stage, or the resource. */
  readonly source: 'runtime' | 'type' | 'resource';
  /** Written as it stands, not percent-encoded (`urlEncode: false`). */
  readonly raw: boolean;
  /** The standard name, where the provider wants another on the wire. */
  readonly replaces?: string;
  /** Absent: in the query of the authorization request, in the body of the others. */
  readonly in?: 'header';
}

/** What the runtime adds to a stage. */
export interface RuntimeParameters {
  /** Sent in any case, in place of what is configured under the same name: `state`, `code`, `code_verifier`, … */
  readonly fixed: Readonly<Record<string, string | Secret>>;
  /** Sent where neither the type nor the resource gives a value: `response_type`, `grant_type`, … */
  readonly fallback: Readonly<Record<string, string | Secret>>;
}

/** Parameters that are secrets whether or not their type says so (RFC 6749 §2.3.1, §4.3.2, §6; RFC 7521 §4.2). */
const alwaysSecret = new Set(['client_secret', 'client_assertion', 'assertion', 'password', 'refresh_token']);

/** Whether a parameter's values are secrets. */
export const isSecretParameter = (parameter: OAuthParameter): boolean =>
  parameter.secret === true || alwaysSecret.has(parameter.name) || alwaysSecret.has(standardName(parameter));

/** The name that the standard has for a parameter. */
export const standardName = ({ name, replaces }: Pick<StageParameter, 'name' | 'replaces'>): string => replaces ?? name;

/**
 * The effective parameters of one stage: those whose box the type checks for it, in the type's order, then the runtime's own.
 *
 * - A value comes from the resource, else from the type's default for the stage.
 * - An empty value counts as omitted, and no name occurs twice (RFC 6749 §3.1) but that of a list whose items are sent each by
 *   itself (RFC 8707 §2). What the endpoint's own query holds stands there and is not sent again.
 * - What the runtime adds goes under the name that the type has for it (`replaces`).
 * - A secret is left out of the authorization stage, whose parameters stand in a URL.
 */
export function stageParameters(
  application: Application,
  stage: Stage,
  runtime: RuntimeParameters,
): readonly StageParameter[] {
  const inQuery = queryNames(endpointOf(application.resource, stage) ?? '');
  const byName = new Map<string, readonly StageParameter[]>();
  const own = application.type.parameters.filter((parameter) => parameter.stages[stage] !== undefined);
  for (const parameter of own) {
    const { name } = parameter;
    if (byName.has(name) || inQuery.has(name) || Object.hasOwn(runtime.fixed, standardName(parameter))) continue;
    if (stage === 'authorization' && isSecretParameter(parameter)) continue;
    const configured = configuredValues(parameter, application.resource, stage);
    if (configured.length > 0) byName.set(name, configured);
  }
  const add = (standard: string, value: string | Secret): StageParameter => {
    const renamed = own.find(({ replaces }) => replaces === standard);
    return renamed === undefined
      ? { name: standard, value, source: 'runtime', raw: false }
      : { name: renamed.name, value, source: 'runtime', ...form(renamed, stage) };
  };
  for (const [standard, value] of Object.entries(runtime.fallback)) {
    const parameter = add(standard, value);
    if (!byName.has(parameter.name) && !inQuery.has(parameter.name)) byName.set(parameter.name, [parameter]);
  }
  for (const [standard, value] of Object.entries(runtime.fixed)) {
    const parameter = add(standard, value);
    byName.set(parameter.name, [parameter]);
  }
  return [...byName.values()].flat();
}

/**
 * A parameter that every stage shares, such as `client_id`, wherever the type lists it and whatever it calls it. The token stage is
 * asked first. The first item only, of a list.
 */
export function sharedParameter({ type, resource }: Application, standard: string): StageParameter | undefined {
  const named = type.parameters.filter((parameter) => standardName(parameter) === standard);
  for (const stage of ['token', 'refresh', 'authorization'] as const) {
    for (const parameter of named) {
      const [configured] = configuredValues(parameter, resource, stage);
      if (configured !== undefined) return configured;
    }
  }
  return undefined;
}

/** Its value. */
export const sharedValue = (application: Application, standard: string): string | Secret | undefined =>
  sharedParameter(application, standard)?.value;

/** What is configured for a parameter in a stage; nothing when its box is not checked there or its value is empty. */
function configuredValues(parameter: OAuthParameter, resource: OAuthResource, stage: Stage): readonly StageParameter[] {
  const box = parameter.stages[stage];
  if (box === undefined) return [];
  const own = Object.hasOwn(resource.values, parameter.name)
    ? valueInStage(resource.values[parameter.name], stage)
    : undefined;
  const value = own ?? box.default ?? '';
  const secret = isSecretParameter(parameter) || isStoredSecret(value);
  return textsOf(value, parameter.list ?? 'spaces').map((text) => ({
    name: parameter.name,
    value: secret ? new Secret(text) : text,
    source: own === undefined ? 'type' : 'resource',
    ...form(parameter, stage),
  }));
}

/** How and where a parameter is written. */
const form = (parameter: OAuthParameter, stage: Stage): Pick<StageParameter, 'raw' | 'replaces' | 'in'> => ({
  raw: parameter.urlEncode === false,
  ...(parameter.replaces === undefined ? {} : { replaces: parameter.replaces }),
  ...(parameter.in === 'header' && stage !== 'authorization' ? { in: 'header' } : {}),
});

/** How the items of a list become texts, one for each parameter that is sent. */
const listTexts: Readonly<Record<ListStyle, (items: readonly string[]) => readonly string[]>> = {
  spaces: (items) => [items.join(' ')],
  commas: (items) => [items.join(',')],
  repeated: (items) => items,
};

/** The texts to send; none for an empty value. A marker stands for a secret only in a preview, where the value is masked anyway. */
function textsOf(value: ParameterValue, style: ListStyle): readonly string[] {
  const texts =
    typeof value === 'string'
      ? [value]
      : isStoredSecret(value)
        ? ['[secret]']
        : listTexts[style](value.filter((item) => item !== ''));
  return texts.filter((text) => text !== '');
}
