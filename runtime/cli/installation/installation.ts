import type { MethodResult } from '../../../brokers/broker.js';
import type { AdminDocument, DocumentKind } from '../../../config/model/admin-document.js';
import type { JsonSchema, TypeMap } from '../../../config/model/json-schema.js';
import type { Credential } from '../../../config/model/principal.js';
import type { Description, MethodKind } from '../../../config/model/service-object.js';
import type { SmartObject } from '../../../config/model/smart-object.js';
import type { TokenTrace } from '../../../config/model/token-trace.js';
import type { Rotated } from '../../../config/store/rotate.js';
import type {
  DescriptionSummary,
  DescriptionVersion,
  SmartObjectSummary,
  TokenSummary,
  WholeVersion,
} from '../../../config/store/store.js';
import type { DescribeOptions, Refreshed, RefreshOptions, Saved } from '../../admin/admin.js';
import type { Review } from '../../admin/review.js';
import type { SmartCall } from '../../engine/engine.js';
import type { DeviceConsentBegun, DeviceConsentDone, DeviceConsentPending } from '../../oauth/oauth.js';

/** What discovery found, for a person to look at. */
export interface Discovery extends Pick<Description, 'title' | 'version' | 'operations' | 'diagnostics'> {
  /** How many there are. */
  readonly types: number;
  readonly serviceObjects: readonly { readonly name: string; readonly methods: readonly DiscoveredMethod[] }[];
}

export interface DiscoveredMethod {
  readonly name: string;
  readonly kind: MethodKind;
  /** Absent: not told by a server. */
  readonly input?: JsonSchema;
}

/** A version of a description with what it changed from the one before. */
export type VersionChanges = Omit<WholeVersion, 'load'>;

/** A description without what only calls need. */
export const discoveryOf = (description: Description): Discovery => ({
  ...description,
  types: Object.keys(description.types).length,
});

export interface TraceQuery {
  readonly resource?: string;
  readonly credential?: Credential;
  readonly limit: number;
}

/** An installation as the commands use it: the store of a data folder, or a server that is asked over HTTP. */
export interface Installation {
  /** For a person: the data folder or the server's URL. */
  readonly place: string;
  /** All documents, with markers in place of secrets, in the order in which they can be applied. */
  documents(): Promise<AdminDocument[]>;
  /** All documents with their secrets; only where the store is at hand. */
  documentsWithSecrets(): Promise<AdminDocument[]>;
  /** Those of one kind. */
  documentsOf<K extends DocumentKind>(kind: K): Promise<Extract<AdminDocument, { readonly kind: K }>[]>;
  /** With markers in place of secrets. */
  document(kind: DocumentKind, name: string): Promise<AdminDocument | undefined>;
  save(document: unknown, options?: RefreshOptions): Promise<Saved>;
  delete(kind: DocumentKind, name: string): Promise<void>;
  /** What discovery finds on a stored instance now; nothing is saved. */
  discover(instance: string, options?: DescribeOptions): Promise<Discovery>;
  /** What a refresh would change; nothing is saved. */
  review(instance: string, options?: DescribeOptions): Promise<Review>;
  refresh(instance: string, options?: RefreshOptions): Promise<Refreshed>;
  /** The descriptions that an instance has or had, newest first. */
  versions(instance: string): Promise<readonly DescriptionVersion[]>;
  /** One of them, with what it changed. */
  version(instance: string, version: number): Promise<VersionChanges>;
  restore(instance: string, version: number): Promise<Refreshed>;
  summary(instance: string): Promise<DescriptionSummary | undefined>;
  /** Without schemas; of one instance, or all. */
  listObjects(instance?: string): Promise<SmartObjectSummary[]>;
  /** Whole, with the types that they refer to. */
  objects(instance: string): Promise<{ readonly objects: readonly SmartObject[]; readonly types: TypeMap }>;
  /** @param as the credential whose tokens the call uses; behind a server, one that the API key may act as */
  call(call: SmartCall, signal: AbortSignal, as?: Credential): Promise<MethodResult>;
  tokens(): Promise<TokenSummary[]>;
  /** @param credential default: the caller's own. False when there was no token. */
  deleteToken(resource: string, credential?: Credential): Promise<boolean>;
  /** Wraps all secrets with another master key. */
  rotateMasterKey(): Promise<Rotated>;
  /** The records of token flows, newest first. */
  traces(query: TraceQuery): Promise<TokenTrace[]>;
  /** Refreshes a token now. @param credential default: the caller's own */
  refreshToken(resource: string, credential?: Credential): Promise<void>;
  /** Begins a consent on another device. @param credential default: the caller's own */
  beginDeviceConsent(resource: string, credential?: Credential): Promise<DeviceConsentBegun>;
  /** The outcome of it so far. */
  pollDeviceConsent(id: string): Promise<DeviceConsentPending | DeviceConsentDone>;
  /** Where a person gives consent. */
  authorizationUrl(resource: string, credential?: Credential): Promise<string>;
  close(): Promise<void>;
}
