import type { OAuthResource, StageValues } from '../../config/model/oauth-resource.js';
import type { OAuthParameter, Stage } from '../../config/model/oauth-resource-type.js';
import { Secret } from '../../config/model/secret.js';
import type { SecretValue } from '../../config/model/service-instance.js';
import { isStoredSecret } from '../../config/model/stored-secret.js';
import type { Application } from './application.js';
import { endpointOf, queryNames } from './endpoint.js';

/** One parameter of a stage's request, ready to be written. */
export interface StageParameter {
  readonly name: string;
  /** A `Secret` is never written into a URL. */
  readonly value: string | Secret;
  /** Who gave the value: the runtime, the type's default for the stage, or the resource. */
  readonly source: 'runtime' | 'type' | 'resource';
  /** Written as it stands, not percent-encoded (`urlEncode: false`). */
  readonly raw: boolean;
}

/** What the runtime adds to a stage. */
export interface RuntimeParameters {
  /** Sent in any case, in place of what is configured under the same name: `state`, `code`, `code_verifier`, … */
  readonly fixed: Readonly<Record<string, string | Secret>>;
  /** Sent where neither the type nor the resource gives a value: `response_type`, `grant_type`, … */
  readonly fallback: Readonly<Record<string, string | Secret>>;
}

/** Parameters that are secrets whether or not their type says so (RFC 6749 §2.3.1, §4.3.2; RFC 7521 §4.2). */
const alwaysSecret = new Set(['client_secret', 'client_assertion', 'assertion', 'password']);

/** Whether a parameter's values are secrets. */
export const isSecretParameter = (parameter: OAuthParameter): boolean =>
  parameter.secret === true || alwaysSecret.has(parameter.name);

/**
 * The effective parameters of one stage: those whose box the type checks for it, in the type's order, then the runtime's own.
 *
 * - A value comes from the resource, else from the type's default for the stage.
 * - An empty value counts as omitted, and no name occurs twice (RFC 6749 §3.1). What the endpoint's own query holds stands
 *   there and is not sent again.
 * - A secret is left out of the authorization stage, whose parameters stand in a URL.
 */
export function stageParameters(
  application: Application,
  stage: Stage,
  runtime: RuntimeParameters,
): readonly StageParameter[] {
  const inQuery = queryNames(endpointOf(application.resource, stage) ?? '');
  const byName = new Map<string, StageParameter>();
  for (const parameter of application.type.parameters) {
    const { name } = parameter;
    if (byName.has(name) || inQuery.has(name) || Object.hasOwn(runtime.fixed, name)) continue;
    if (stage === 'authorization' && isSecretParameter(parameter)) continue;
    const configured = configuredValue(parameter, application.resource, stage);
    if (configured !== undefined) byName.set(name, configured);
  }
  for (const [name, value] of Object.entries(runtime.fallback)) {
    if (!byName.has(name) && !inQuery.has(name)) byName.set(name, { name, value, source: 'runtime', raw: false });
  }
  for (const [name, value] of Object.entries(runtime.fixed)) {
    byName.set(name, { name, value, source: 'runtime', raw: false });
  }
  return [...byName.values()];
}

/** What is configured for a parameter in a stage; undefined when its box is not checked there or its value is empty. */
export function configuredValue(
  parameter: OAuthParameter,
  resource: OAuthResource,
  stage: Stage,
): StageParameter | undefined {
  const box = parameter.stages[stage];
  if (box === undefined) return undefined;
  const own = Object.hasOwn(resource.values, parameter.name)
    ? valueInStage(resource.values[parameter.name], stage)
    : undefined;
  const value = own ?? box.default ?? '';
  if (value === '') return undefined;
  const source = own === undefined ? 'type' : 'resource';
  const secret = isSecretParameter(parameter) || isStoredSecret(value);
  return {
    name: parameter.name,
    value: secret ? new Secret(textOf(value)) : textOf(value),
    source,
    raw: parameter.urlEncode === false,
  };
}

/**
 * The value of a parameter that every stage shares, such as `client_id`, wherever the type lists it. The token stage is asked
 * first.
 */
export function sharedValue({ type, resource }: Application, name: string): string | Secret | undefined {
  const parameter = type.parameters.find((candidate) => candidate.name === name);
  if (parameter === undefined) return undefined;
  for (const stage of ['token', 'refresh', 'authorization'] as const) {
    const configured = configuredValue(parameter, resource, stage);
    if (configured !== undefined) return configured.value;
  }
  return undefined;
}

function valueInStage(values: StageValues | undefined, stage: Stage): SecretValue | undefined {
  if (values === undefined || typeof values === 'string' || isStoredSecret(values)) return values;
  return values[stage];
}

/** A marker stands for a secret only in a preview, where the value is masked anyway. */
const textOf = (value: SecretValue): string => (typeof value === 'string' ? value : '[secret]');
