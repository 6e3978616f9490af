import type { AdminDocument, DocumentKind } from '../model/admin-document.js';
import type { FieldError } from '../model/errors.js';
import { jsonPointer } from '../model/json-pointer.js';
import type { OAuthResource } from '../model/oauth-resource.js';
import type { OAuthResourceType } from '../model/oauth-resource-type.js';
import { isStoredSecret } from '../model/stored-secret.js';
import { overlayFaults } from './overlay-rules.js';

/** What a document must keep to that its schema cannot say. It is valid against its schema already. */
type Rules<D extends AdminDocument> = (document: D) => FieldError[];

const none = (): FieldError[] => [];

const rules: { readonly [K in DocumentKind]: Rules<Extract<AdminDocument, { kind: K }>> } = {
  OAuthResourceType: (type) => [
    ...reservedParameters(type),
    ...repeatedParameters(type),
    ...stageRules(type),
    ...headerParameters(type),
    ...renamedParameters(type),
    ...warningDays(type),
  ],
  OAuthResource: (resource) => [...reservedValues(resource), ...mixedValues(resource), ...resourceIndicators(resource)],
  ServiceInstance: ({ overlay }) => (overlay === undefined ? [] : overlayFaults(overlay, ['overlay'])),
  User: none,
  ApiKey: none,
  TrustedIssuer: none,
  SignInProvider: none,
};

export function brokenRules<D extends AdminDocument>(document: D): FieldError[] {
  const check = rules[document.kind] as unknown as Rules<D>;
  return check(document);
}

/** RFC 6749 §4.1.1 and §4.1.3: what the runtime adds itself, to map an answer to the right person and resource. */
const reserved: Readonly<Record<string, string>> = {
  state: 'the runtime adds it to each authorization request itself',
  code: 'the runtime adds it to each token request itself, from the answer of the authorization request',
};

function reservedFault(name: string, pointer: string): FieldError[] {
  const reason = reserved[name.toLowerCase()];
  if (reason === undefined) return [];
  return [{ pointer, message: `parameter "${name}" cannot be configured; ${reason}.` }];
}

const reservedParameters = ({ parameters }: OAuthResourceType): FieldError[] =>
  parameters.flatMap(({ name }, index) => reservedFault(name, `/parameters/${index}/name`));

const reservedValues = ({ values }: OAuthResource): FieldError[] =>
  Object.keys(values).flatMap((name) => reservedFault(name, jsonPointer(['values', name])));

/** RFC 6749 §3.1: a parameter is not sent twice. */
function repeatedParameters({ parameters }: OAuthResourceType): FieldError[] {
  const first = new Map<string, number>();
  return parameters.flatMap(({ name }, index) => {
    const earlier = first.get(name);
    first.set(name, earlier ?? index);
    if (earlier === undefined) return [];
    const message = `parameter "${name}" is there twice, as number ${earlier + 1} and ${index + 1}; remove one`;
    return [{ pointer: `/parameters/${index}/name`, message }];
  });
}

/** RFC 6749 §2.3.1: a client secret does not stand in a URL, where the browser, its history and logs see it. */
function stageRules({ parameters }: OAuthResourceType): FieldError[] {
  return parameters.flatMap(({ name, replaces = name, stages }, index) => {
    if (replaces.toLowerCase() !== 'client_secret' || stages.authorization === undefined) return [];
    const message = `parameter "${name}" cannot be sent in the authorization request; it would stand in the browser's address`;
    return [{ pointer: `/parameters/${index}/stages/authorization`, message }];
  });
}

/** RFC 9110 §5.1: what a header may be called. Those that the transport and the client authentication write are theirs. */
function headerParameters({ parameters, clientAuthentication }: OAuthResourceType): FieldError[] {
  return parameters.flatMap(({ name, in: place }, index) => {
    if (place !== 'header') return [];
    const pointer = `/parameters/${index}/name`;
    if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) {
      return [{ pointer, message: `"${name}" is no name that a header can have (RFC 9110 §5.1)` }];
    }
    const taken =
      /^(content-type|content-length|host|connection|transfer-encoding|dpop)$/i.test(name) ||
      (/^authorization$/i.test(name) && clientAuthentication === 'client_secret_basic');
    return taken ? [{ pointer, message: `header "${name}" cannot be configured; the runtime writes it itself` }] : [];
  });
}

/** An answer finds its way back by `state`, whatever else is renamed; and no parameter has two names. */
function renamedParameters({ parameters }: OAuthResourceType): FieldError[] {
  const names = new Set(parameters.map(({ name }) => name));
  return parameters.flatMap(({ name, replaces }, index) => {
    const pointer = `/parameters/${index}/replaces`;
    if (replaces === undefined) return [];
    if (replaces === 'state') return [{ pointer, message: 'state cannot have another name; the callback reads it' }];
    if (!names.has(replaces)) return [];
    return [{ pointer, message: `"${name}" replaces "${replaces}", which is a parameter too; remove one` }];
  });
}

function warningDays({
  expirationWarningDays: warning,
  refreshTokenExpirationDays: life,
}: OAuthResourceType): FieldError[] {
  if (warning === undefined || life === undefined || warning <= life) return [];
  const message = `${warning} days is longer than the ${life} days that a refresh token lives; make it shorter`;
  return [{ pointer: '/expirationWarningDays', message }];
}

/** RFC 8707 §2: what a token is meant for is named by an absolute URI without a fragment. */
function resourceIndicators({ values }: OAuthResource): FieldError[] {
  const given = values.resource;
  const texts = (typeof given === 'object' && !isStoredSecret(given) ? Object.values(given) : [given]).flat();
  return texts.flatMap((text) => {
    if (typeof text !== 'string' || text === '' || text.includes('{')) return [];
    if (/^[A-Za-z][A-Za-z0-9+.-]*:[^\s#]+$/.test(text) || /^[0-9a-fA-F-]{36}$/.test(text)) return [];
    const message = `"${text}" is no absolute URI without a fragment (RFC 8707 §2), nor an application's GUID`;
    return [{ pointer: '/values/resource', message }];
  });
}

/** A value is a stored secret or a set of stages, not both. */
function mixedValues({ values }: OAuthResource): FieldError[] {
  return Object.entries(values).flatMap(([name, value]) => {
    if (typeof value !== 'object' || !('secret' in value) || Object.keys(value).length === 1) return [];
    return [
      {
        pointer: jsonPointer(['values', name]),
        message: 'give either { secret: stored } or a value for each request, not both',
      },
    ];
  });
}
