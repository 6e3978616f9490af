import { childElements, type XmlElement } from '../../xml/index.js';
import { ns } from '../namespaces.js';
import type { SecurityPlan } from '../plan.js';
import type { Alternative } from './alternatives.js';

/** What a policy wants of those who call. */
export interface PolicyNeeds {
  readonly security: SecurityPlan;
  readonly addressing: boolean;
  /** Messages go as MTOM. */
  readonly mtom: boolean;
  readonly clientCertificate: boolean;
  /** By HTTP itself, in the words of the policy. */
  readonly http: 'Basic' | 'Digest' | 'Negotiate' | 'Ntlm' | undefined;
  /** What cannot be done, in words. */
  readonly unsupported: readonly string[];
}

/** The same while it is found out. */
type Needs = { -readonly [K in keyof Omit<PolicyNeeds, 'security' | 'unsupported'>]: PolicyNeeds[K] } & {
  readonly security: { -readonly [K in keyof SecurityPlan]: SecurityPlan[K] };
  readonly unsupported: string[];
};

type Interpreter = (assertion: XmlElement, needs: Needs) => void;

/** What is inside an assertion, looked through once: many operations may have the same one. */
interface Inside {
  /** The names of the elements anywhere inside. */
  readonly elements: ReadonlySet<string>;
  /** The names of the attributes that are true, of the assertion itself or anywhere inside. */
  readonly attributes: ReadonlySet<string>;
}

const known = new WeakMap<XmlElement, Inside>();

function insideOf(assertion: XmlElement): Inside {
  const found = known.get(assertion);
  if (found !== undefined) return found;
  const elements = new Set<string>();
  const attributes = new Set<string>();
  const pending = [assertion];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const { name, namespace, value } of next.attributes)
      if (namespace === '' && value === 'true') attributes.add(name);
    for (const child of childElements(next)) {
      elements.add(child.name);
      pending.push(child);
    }
  }
  const inside = { elements, attributes };
  known.set(assertion, inside);
  return inside;
}

/** Whether there is an element of a name anywhere inside. */
const holds = (assertion: XmlElement, name: string): boolean => insideOf(assertion).elements.has(name);

/** Tokens that no key brings (WS-SecurityPolicy 1.3 §5.4). */
const foreignTokens = [
  'KerberosToken',
  'SpnegoContextToken',
  'SecureConversationToken',
  'SecurityContextToken',
  'RelToken',
];

const tokens: Interpreter = (assertion, needs) => {
  if (holds(assertion, 'UsernameToken')) needs.security.userName = holds(assertion, 'HashPassword') ? 'Digest' : 'Text';
  if (holds(assertion, 'SamlToken') || holds(assertion, 'IssuedToken')) needs.security.token = 'saml';
  for (const token of foreignTokens) if (holds(assertion, token)) needs.unsupported.push(`a ${token}`);
};

/** A token that signs. */
const endorsing: Interpreter = (assertion, needs) => {
  tokens(assertion, needs);
  if (holds(assertion, 'X509Token')) needs.security.signature = true;
};

const transport: Interpreter = (assertion, needs) => {
  if (holds(assertion, 'IncludeTimestamp')) needs.security.timestamp = true;
  if (insideOf(assertion).attributes.has('RequireClientCertificate') || holds(assertion, 'RequireClientCertificate'))
    needs.clientCertificate = true;
  if (holds(assertion, 'HttpBasicAuthentication')) needs.http = 'Basic';
  if (holds(assertion, 'HttpDigestAuthentication')) needs.http = 'Digest';
};

/** WS-SecurityPolicy 1.3 §7 and §8. */
const security: Readonly<Record<string, Interpreter>> = {
  TransportBinding: transport,
  AsymmetricBinding: (assertion, needs) => {
    needs.security.signature = true;
    if (holds(assertion, 'IncludeTimestamp')) needs.security.timestamp = true;
    if (holds(assertion, 'EncryptSignature')) needs.unsupported.push('encrypted signatures');
  },
  SymmetricBinding: (_, needs) => void needs.unsupported.push('messages encrypted with a key of their own'),
  SupportingTokens: tokens,
  SignedSupportingTokens: tokens,
  EncryptedSupportingTokens: tokens,
  SignedEncryptedSupportingTokens: tokens,
  EndorsingSupportingTokens: endorsing,
  SignedEndorsingSupportingTokens: endorsing,
  EndorsingEncryptedSupportingTokens: endorsing,
  SignedEndorsingEncryptedSupportingTokens: endorsing,
};

const addressing: Interpreter = (_, needs) => {
  needs.addressing = true;
};
const mtom: Interpreter = (_, needs) => {
  needs.mtom = true;
};
const http = (scheme: NonNullable<PolicyNeeds['http']>): Interpreter => {
  return (_, needs) => {
    needs.http = scheme;
  };
};
const reliable: Interpreter = (_, needs) => void needs.unsupported.push('WS-ReliableMessaging');

/** Assertions by namespace and name; others say nothing that a caller must do. */
const interpreters: Readonly<Record<string, Readonly<Record<string, Interpreter>>>> = {
  'http://docs.oasis-open.org/ws-sx/ws-securitypolicy/200702': security,
  'http://schemas.xmlsoap.org/ws/2005/07/securitypolicy': security,
  [ns.addressingMetadata]: { Addressing: addressing },
  [ns.addressingWsdl]: { UsingAddressing: addressing },
  'http://www.w3.org/2005/08/addressing/wsdl': { UsingAddressing: addressing },
  'http://schemas.xmlsoap.org/ws/2004/09/policy/optimizedmimeserialization': { OptimizedMimeSerialization: mtom },
  'http://www.w3.org/2007/08/soap12-mtom-policy': { MTOM: mtom },
  'http://schemas.microsoft.com/ws/06/2004/policy/http': {
    BasicAuthentication: http('Basic'),
    DigestAuthentication: http('Digest'),
    NegotiateAuthentication: http('Negotiate'),
    NtlmAuthentication: http('Ntlm'),
  },
  'http://docs.oasis-open.org/ws-rx/wsrmp/200702': { RMAssertion: reliable },
  'http://schemas.xmlsoap.org/ws/2005/02/rm/policy': { RMAssertion: reliable },
};

/** What the first alternative wants that can be done; where none can, the first. */
export function needsOf(alternatives: readonly Alternative[]): PolicyNeeds {
  const all = alternatives.map(needsOfOne);
  return all.find(({ unsupported }) => unsupported.length === 0) ?? all[0] ?? needsOfOne([]);
}

function needsOfOne(alternative: Alternative): PolicyNeeds {
  const needs: Needs = {
    security: {},
    addressing: false,
    mtom: false,
    clientCertificate: false,
    http: undefined,
    unsupported: [],
  };
  for (const assertion of alternative) interpreters[assertion.namespace]?.[assertion.name]?.(assertion, needs);
  // Parts are encrypted by the transport where that is the binding (WS-SecurityPolicy 1.3 §4.2).
  const encrypted = alternative.find(({ name }) => name === 'EncryptedParts' || name === 'EncryptedElements');
  const byTransport = alternative.some(({ name }) => name === 'TransportBinding');
  if (encrypted !== undefined && !byTransport) needs.unsupported.push('encrypted messages');
  return { ...needs, unsupported: [...new Set(needs.unsupported)] };
}
