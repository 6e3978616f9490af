/**
 * What the runtime keeps, as repositories. One implementation, on TypeORM, over SQLite and PostgreSQL. Every method may throw
 * RuntimeError STORE_UNAVAILABLE.
 */

import type { AdminDocument, DocumentKind } from '../model/admin-document.js';
import type { DescriptionChange, DescriptionDifference, Impact } from '../model/description-difference.js';
import type { ApiKey, User } from '../model/identity.js';
import type { TypeMap } from '../model/json-schema.js';
import type { OAuthResource } from '../model/oauth-resource.js';
import type { OAuthResourceType } from '../model/oauth-resource-type.js';
import type { SecurityScheme } from '../model/security-scheme.js';
import type { ServiceInstance } from '../model/service-instance.js';
import type { Description, Diagnostic, ServiceMethod } from '../model/service-object.js';
import type { SignInProvider } from '../model/sign-in-provider.js';
import type { SmartMethod, SmartObject } from '../model/smart-object.js';
import type { TrustedIssuer } from '../model/trusted-issuer.js';
import type { AuthorizationRepository, DeviceRepository } from './consents.js';
import type { AuditRepository, CallRepository } from './records.js';
import type { Facets, Found, MethodEntry, Page } from './smart-object-search.js';
import type { NotificationRepository, TokenRepository, TokenTraceRepository } from './stored-tokens.js';

export type * from './consents.js';
export type * from './records.js';
export type * from './smart-object-search.js';
export type * from './stored-tokens.js';

export interface Store {
  readonly resourceTypes: DocumentRepository<OAuthResourceType>;
  readonly resources: DocumentRepository<OAuthResource>;
  readonly instances: DocumentRepository<ServiceInstance>;
  readonly users: UserRepository;
  readonly apiKeys: ApiKeyRepository;
  readonly trustedIssuers: DocumentRepository<TrustedIssuer>;
  readonly signInProviders: DocumentRepository<SignInProvider>;
  readonly sessions: SessionRepository;
  readonly descriptions: DescriptionRepository;
  readonly smartObjects: SmartObjectRepository;
  readonly tokens: TokenRepository;
  readonly authorizations: AuthorizationRepository;
  readonly devices: DeviceRepository;
  readonly audit: AuditRepository;
  readonly calls: CallRepository;
  readonly traces: TokenTraceRepository;
  readonly notifications: NotificationRepository;
  /** Grows with every committed change of a document or description, by any node. Cheap: one row by primary key. */
  revision(): Promise<number>;
  /** All or nothing. Within `work`, use the store that it is handed, and no network. */
  transaction<T>(work: (store: Store) => Promise<T>): Promise<T>;
  /** @throws RuntimeError STORE_UNAVAILABLE */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** A stored document with its version, which counts up by one with each save. */
export interface Versioned<D> {
  readonly document: D;
  readonly version: number;
  /** RFC 3339, UTC. */
  readonly updatedAt: string;
}

export interface DocumentRepository<D extends AdminDocument> {
  readonly kind: DocumentKind;
  /** With `StoredSecret` markers in place of secrets. Ordered by name. */
  list(): Promise<Versioned<D>[]>;
  /** With `StoredSecret` markers in place of secrets. */
  get(name: string): Promise<Versioned<D> | undefined>;
  /** With its secrets as plain strings: for the one place that sends them. */
  reveal(name: string): Promise<Versioned<D> | undefined>;
  /**
   * Saves; a `StoredSecret` marker keeps the secret stored at the same place. `changed` is false when the stored document is
   * already the same; nothing is written then.
   *
   * @param expectedVersion when given, the save happens only if that is the stored version (0: not stored yet)
   * @throws CallerError PRECONDITION_FAILED when it is another, with both versions
   * @throws ConfigurationError DOCUMENT_INVALID when a marker stands where no secret is stored
   */
  save(document: D, expectedVersion?: number): Promise<Versioned<D> & { readonly changed: boolean }>;
  /**
   * False when there was none. Whether something depends on it is the caller's to check.
   *
   * @param expectedVersion see `save`
   */
  delete(name: string, expectedVersion?: number): Promise<boolean>;
}

export interface UserRepository extends DocumentRepository<User> {
  count(): Promise<number>;
  /** A PHC string (`$scrypt$…`). */
  setPasswordHash(name: string, hash: string): Promise<void>;
  passwordHash(name: string): Promise<string | undefined>;
}

export interface ApiKeyRepository extends DocumentRepository<ApiKey> {
  /** SHA-256 of the key, base64url. Setting another replaces it. */
  setHash(name: string, hash: string): Promise<void>;
  findByHash(hash: string): Promise<ApiKey | undefined>;
}

export interface Session {
  /** SHA-256 of the cookie's value, base64url. */
  readonly id: string;
  readonly user: string;
  readonly expiresAt: Date;
}

export interface SessionRepository {
  save(session: Session): Promise<void>;
  get(id: string): Promise<Session | undefined>;
  delete(id: string): Promise<void>;
  deleteOfUser(user: string): Promise<void>;
  deleteExpired(now: Date): Promise<number>;
  /** Keeps the SHA-256 of a one-time sign-in token. */
  saveSignInToken(hash: string, user: string, expiresAt: Date): Promise<void>;
  /** The user it is for, exactly once. */
  takeSignInToken(hash: string, now: Date): Promise<string | undefined>;
}

export interface DescriptionSummary {
  readonly instance: string;
  readonly title?: string;
  readonly version?: string;
  readonly serviceObjects: number;
  readonly methods: number;
  readonly types: number;
  readonly operations: number;
  readonly hosts: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  /** How the service says that callers authenticate. */
  readonly security?: readonly SecurityScheme[];
  /** SHA-256 of the description's canonical JSON, hex. */
  readonly hash: string;
  readonly describedAt: string;
}

/** Where a description comes from. */
export interface DescriptionOrigin {
  /** Who had it made. */
  readonly by?: string | undefined;
  /** What differs from the description that it replaces. */
  readonly difference?: DescriptionDifference | undefined;
  /** The version that it brings back. */
  readonly restored?: number | undefined;
}

/** A description that an instance has or had, without its parts. */
export interface DescriptionVersion {
  /** Counts up by one with each description that differs from the one before. */
  readonly version: number;
  readonly current: boolean;
  readonly describedAt: string;
  readonly by?: string;
  /** The version that it brought back. */
  readonly restored?: number;
  readonly title?: string;
  /** The service's own version string. */
  readonly serviceVersion?: string;
  readonly serviceObjects: number;
  readonly methods: number;
  readonly types: number;
  readonly hash: string;
  /** How many changes of each impact it brought; absent for a first one. */
  readonly changes?: { readonly impact: Impact } & Readonly<Record<Impact, number>>;
}

/** One version with all that there is of it. */
export interface WholeVersion extends DescriptionVersion {
  /** What changed from the version before. */
  readonly differences: readonly DescriptionChange[];
  load(): Promise<Description>;
}

export interface DescriptionRepository {
  /**
   * Replaces what is stored for the instance and keeps the former one as a version. One transaction, rows written in bulk. When
   * nothing differs, only the time of the description changes.
   */
  save(instance: string, description: Description, origin?: DescriptionOrigin): Promise<DescriptionSummary>;
  /** The last 20 versions, newest first. */
  versions(instance: string): Promise<DescriptionVersion[]>;
  version(instance: string, version: number): Promise<WholeVersion | undefined>;
  summary(instance: string): Promise<DescriptionSummary | undefined>;
  /** One method with its binding; loads nothing else. */
  method(instance: string, serviceObject: string, method: string): Promise<ServiceMethod | undefined>;
  /** The named types and all that they refer to, transitively. Unknown names are left out. */
  types(instance: string, names: Iterable<string>): Promise<TypeMap>;
  /** The named types alone, without what they refer to. */
  namedTypes(instance: string, names: Iterable<string>): Promise<TypeMap>;
  /** The whole description; large ones are tens of megabytes. */
  load(instance: string): Promise<Description | undefined>;
  delete(instance: string): Promise<void>;
}

/** A SmartObject without its schemas, for lists. */
export interface SmartObjectSummary {
  readonly name: string;
  readonly displayName: string;
  readonly description?: string;
  readonly category: string;
  readonly instance: string;
  readonly methods: readonly Pick<SmartMethod, 'name' | 'displayName' | 'kind'>[];
}

/** A method of a SmartObject that calls a service object of another instance than its own. */
export interface DependentMethod {
  readonly object: string;
  readonly method: string;
  readonly serviceObject: string;
  readonly serviceMethod: string;
}

export interface SmartObjectRepository {
  /** The methods of other instances' SmartObjects that call this instance. Ordered by object and method. */
  dependents(instance: string): Promise<DependentMethod[]>;
  /** Replaces all SmartObjects of the instance. */
  replace(instance: string, objects: readonly SmartObject[]): Promise<void>;
  /** Ordered by name. @throws CallerError REQUEST_INVALID for an `after` that no page has named */
  list(page?: Page): Promise<Found<SmartObjectSummary>>;
  /**
   * The methods that designers use, all but the `internal` ones, ordered by object and as the object has them. Fit for hundreds
   * of thousands: it reads no definition.
   *
   * @throws CallerError REQUEST_INVALID for an `after` that no page has named
   */
  findMethods(page?: Page): Promise<Found<MethodEntry>>;
  /** What `findMethods` can be narrowed by. */
  facets(): Promise<Facets>;
  get(name: string): Promise<SmartObject | undefined>;
  /** One method; loads nothing else. `instance` is its object's. */
  method(object: string, method: string): Promise<{ instance: string; method: SmartMethod } | undefined>;
  /** All of an instance, ordered by name. */
  ofInstance(instance: string): Promise<SmartObject[]>;
}
