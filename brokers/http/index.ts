export { createUpstream, type UpstreamOptions } from './create-upstream.js';
export type { Credentials, OutgoingRequest, Refusal } from './credentials.js';
export * as credentials from './credentials.js';
export { type FetchDocumentOptions, type FetchedDocument, fetchDocument } from './document.js';
export { closeUpstreams } from './gate.js';
export { HostPolicy } from './host-policy.js';
export { TlsIdentity } from './tls-identity.js';
export type { RepeatableBody, RequestBody, Upstream, UpstreamRequest, UpstreamResponse } from './upstream.js';
