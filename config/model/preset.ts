import type { OAuthResource } from './oauth-resource.js';
import type { OAuthResourceType } from './oauth-resource-type.js';

/** What is known of one OAuth provider: its resource type, and an OAuth resource that only lacks what the admin has. */
export interface Preset {
  /** In kebab case: `entra-id`. */
  readonly name: string;
  /** What people call the provider. */
  readonly title: string;
  /** The provider's own page that it follows. */
  readonly documentation: string;
  /** What an admin must know, a sentence or two each. */
  readonly notes?: readonly string[];
  /** Parameters that a resource must give a value for. */
  readonly required: readonly string[];
  readonly resourceType: Omit<OAuthResourceType, 'kind' | 'name'>;
  readonly resource: Omit<OAuthResource, 'kind' | 'name' | 'type' | 'values'> & Partial<Pick<OAuthResource, 'values'>>;
}

/** The documents that a preset gives: a resource type, and an OAuth resource to be filled in. */
export interface PresetDocuments {
  readonly resourceType: OAuthResourceType;
  readonly resource: OAuthResource;
}
