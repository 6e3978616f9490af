import type { Schemas } from '../../api/client.ts';
import { filledIn, variablesIn } from './documents.ts';
import { hostOf, isPrivateHost } from './naming.ts';

type Instance = Schemas['ServiceInstance'];

/** One way for an instance to authenticate. */
export interface Choice {
  readonly id: string;
  readonly authentication: Instance['authentication'];
  /** Documents that it takes and that may not be there yet; what only an admin knows is a reference to the environment. */
  readonly resourceType?: Schemas['OAuthResourceType'];
  readonly resource?: Schemas['OAuthResource'];
}

/** The ways that the service's description proposes, the best one first. */
export function proposedChoices({ ways, documents }: Schemas['ConnectionProposal']): Choice[] {
  return ways.map(({ scheme, authentication }, index) => {
    const wanted = authentication as Instance['authentication'];
    const name = 'resource' in wanted ? wanted.resource : undefined;
    const resource = documents.find((one) => one.kind === 'OAuthResource' && one.name === name);
    const typeName = resource?.kind === 'OAuthResource' ? resource.type : undefined;
    const resourceType = documents.find((one) => one.kind === 'OAuthResourceType' && one.name === typeName);
    return {
      id: `proposed ${index} ${scheme}`,
      authentication: wanted,
      ...(resource?.kind === 'OAuthResource' && { resource }),
      ...(resourceType?.kind === 'OAuthResourceType' && { resourceType }),
    };
  });
}

/** The choice with what the admin typed. A provider on a private host is allowed where the instance's own service may be reached there. */
export function settled(choice: Choice, values: Readonly<Record<string, string>>, instance: Instance): Choice {
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
  const filled = filledIn(choice, given);
  if (filled.resource === undefined) return filled;
  const { authorizationEndpoint, tokenEndpoint } = filled.resource;
  const hosts = [authorizationEndpoint, tokenEndpoint].map((endpoint) => hostOf(endpoint ?? ''));
  const allowed = (instance.allowedHosts ?? []).filter((host) => hosts.includes(host) && isPrivateHost(host));
  if (allowed.length === 0 || filled.resource.allowedHosts !== undefined) return filled;
  return { ...filled, resource: { ...filled.resource, allowedHosts: allowed } };
}

/** What the admin has to type for a choice. */
export const variablesOf = ({ authentication, resource, resourceType }: Choice): string[] =>
  variablesIn([authentication, resource, resourceType]);

export const isSecretName = (name: string): boolean =>
  /secret|password|token|key/i.test(name) && !/endpoint|url/i.test(name);
