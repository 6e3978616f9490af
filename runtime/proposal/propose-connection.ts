import type { AuthenticationWay, ConnectionProposal } from '../../config/model/connection-proposal.js';
import { isSystemName, pascalCase, UniqueNames } from '../../config/model/names.js';
import type { OAuthFlow, SecurityScheme } from '../../config/model/security-scheme.js';
import type { Authentication, ServiceInstance } from '../../config/model/service-instance.js';
import { withPlaceholdersEscaped } from './escape.js';
import { type OAuthWay, oauthWay } from './oauth-way.js';
import { Variables } from './variables.js';

/**
 * Proposes how an instance authenticates, by the security schemes that its service declares.
 *
 * Nothing that the service says can become a reference to the environment: what reads like one is escaped.
 *
 * @param given as it is, or as it would be; its authentication is replaced by the best way that there is
 * @param secretKeys the service keys that are secrets; references take their place
 */
export function proposeConnection(
  given: ServiceInstance,
  declared: readonly SecurityScheme[],
  secretKeys: readonly string[] = [],
): ConnectionProposal {
  const security = withPlaceholdersEscaped(declared) as readonly SecurityScheme[];
  const variables = new Variables(given.name);
  const instance = withoutSecrets(withPlaceholdersEscaped(given) as ServiceInstance, secretKeys, variables);
  const names = new UniqueNames();
  const title = instance.displayName ?? instance.name;
  const ways = security
    .flatMap((scheme): (AuthenticationWay | OAuthWay)[] => {
      if (scheme.scheme === 'other') return [];
      if (scheme.scheme !== 'oauth') return [staticWay(scheme, variables)];
      return scheme.flows.map((flow) =>
        oauthWay(scheme, flow, nameFor(instance.name, scheme.name, flow, names), title, variables),
      );
    })
    .toSorted((a, b) => rank(a) - rank(b));
  const oauth = ways.filter((way) => 'resource' in way);
  const [best] = ways;
  const documents = [
    ...oauth.map(({ resourceType }) => resourceType),
    ...oauth.map(({ resource }) => resource),
    best === undefined ? instance : { ...instance, authentication: best.authentication },
  ];
  return {
    documents,
    ways: ways.map(({ scheme, description, authentication }) => ({
      scheme,
      ...(description === undefined ? {} : { description }),
      authentication,
    })),
    variables: variables.usedIn(JSON.stringify([documents, ways])),
    notes: [
      ...new Set([...oauth.flatMap(({ notes }) => notes), ...security.flatMap(leftOut)]),
      ...(security.length === 0 ? NONE : []),
    ],
  };
}

function withoutSecrets(
  instance: ServiceInstance,
  secretKeys: readonly string[],
  variables: Variables,
): ServiceInstance {
  const hidden = secretKeys
    .filter((name) => Object.hasOwn(instance.keys, name))
    .map((name) => [name, variables.placeholder(name, `service key "${name}"`, true)]);
  return hidden.length === 0 ? instance : { ...instance, keys: { ...instance.keys, ...Object.fromEntries(hidden) } };
}

const NONE = ['The description does not say how callers authenticate.'];

/** The instance's name for the first; the scheme's and the grant's are added for others. */
function nameFor(instance: string, scheme: string, { grant }: OAuthFlow, names: UniqueNames): string {
  if (!names.has(instance)) return names.take(instance);
  const longer = `${instance}_${pascalCase(scheme)}`.slice(0, 60);
  const wanted = names.has(longer) ? `${longer}_${grant}` : longer;
  return names.take(isSystemName(wanted) ? wanted : `${instance}_${grant}`);
}

/** A person's own token first, then the application's, then what is sent with each request as it is. */
const ORDER = [
  'authorization_code',
  'device_code',
  'client_credentials',
  'bearer',
  'header',
  'basic',
  'query',
  'cookie',
];

function rank(way: AuthenticationWay | OAuthWay): number {
  const { authentication } = way;
  const what =
    'resourceType' in way ? way.resourceType.grant : authentication.mode === 'static' && authentication.scheme;
  return ORDER.indexOf(String(what));
}

type StaticSecurity = Exclude<SecurityScheme, { scheme: 'oauth' | 'other' }>;

function staticWay(scheme: StaticSecurity, variables: Variables): AuthenticationWay {
  const { name, description } = scheme;
  return {
    scheme: name,
    ...(description === undefined ? {} : { description }),
    authentication: staticAuthentication(scheme, variables),
  };
}

function staticAuthentication(scheme: StaticSecurity, variables: Variables): Authentication {
  const mode = 'static';
  if ('parameter' in scheme) {
    const { scheme: where, parameter: name } = scheme;
    const text = `key that the ${where === 'query' ? 'query parameter' : where} "${name}" carries`;
    return { mode, scheme: where, name, value: variables.placeholder(name, text, true) };
  }
  if (scheme.scheme === 'bearer')
    return { mode, scheme: 'bearer', token: variables.placeholder('token', 'bearer token of the service', true) };
  const userName = variables.placeholder('user_name', 'user name at the service');
  const password = variables.placeholder('password', 'password of that user', true);
  return { mode, scheme: 'basic', userName, password };
}

/** Schemes that no authentication mode covers and service keys do, by what descriptions say. */
const byKeys: Readonly<Record<string, string>> = {
  mutualTLS: 'set the service key "Client Certificate"',
  UsernameToken: 'set the service keys "User Name" and "Password"',
  X509Token: 'set the service key "Signing Certificate"',
};

function leftOut(scheme: SecurityScheme): string[] {
  if (scheme.scheme !== 'other') return [];
  const { name, says } = scheme;
  const advice = Object.hasOwn(byKeys, says) ? byKeys[says] : undefined;
  if (advice !== undefined)
    return [`The security scheme "${name}" (${says}) is none of the authentication: ${advice}.`];
  return [`The security scheme "${name}" (${says}) is none that an instance can have; it is left out.`];
}
