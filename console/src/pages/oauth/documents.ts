import type { Schemas } from '../../api/client.ts';

export type ResourceType = Schemas['OAuthResourceType'];
export type Resource = Schemas['OAuthResource'];
export type Parameter = ResourceType['parameters'][number];
export type StagePreview = Schemas['StagePreview'];

/** The requests of a flow that carry parameters, in their order. */
export const stages = ['authorization', 'token', 'refresh'] as const;
export type Stage = (typeof stages)[number];

/** What the editor of a new resource starts with, from a preset or an import; handed on by the address's state. */
export interface Draft {
  readonly resource: Resource;
  /** Saved along with it, unless there is one of its name. */
  readonly resourceType?: ResourceType;
  readonly notes?: readonly string[];
}

export const emptyResource: Resource = { kind: 'OAuthResource', name: '', type: '', tokenEndpoint: '', values: {} };

export const emptyType: ResourceType = {
  kind: 'OAuthResourceType',
  name: '',
  parameters: [
    { name: 'client_id', stages: { authorization: {}, token: {}, refresh: {} } },
    { name: 'client_secret', secret: true, stages: { token: {}, refresh: {} } },
    { name: 'scope', stages: { authorization: {} } },
  ],
};
