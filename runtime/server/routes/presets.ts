import { presetDocuments, presets } from '../../../config/presets/index.js';
import { listOf, schemaReference } from '../openapi/operation.js';
import type { Route } from '../route.js';
import { sendJson } from '../send.js';
import { nameIn, unknown } from './documents.js';

const tag = 'preset';

/** The catalogue of OAuth providers. */
export function presetRoutes(): Route[] {
  return [
    {
      verb: 'get',
      path: '/api/oauth/presets',
      access: 'admin',
      operation: {
        id: 'listPresets',
        tag,
        summary: 'List the OAuth providers that are known',
        answers: { 200: { description: 'Ordered by name.', schema: listOf(schemaReference('PresetSummary')) } },
      },
      handle(_request, response) {
        const items = [...presets().values()].map(({ resourceType, resource, ...about }) => about);
        sendJson(response, { items });
      },
    },
    {
      verb: 'get',
      path: '/api/oauth/presets/{name}',
      access: 'admin',
      operation: {
        id: 'getPreset',
        tag,
        summary: 'Read the OAuth resource type and resource of a provider',
        description: 'Documents to fill in and save: what is yours to give stands as a reference to the environment.',
        path: { name: 'Name of the preset.' },
        answers: { 200: { description: 'The preset.', schema: schemaReference('Preset') } },
      },
      handle(request, response) {
        const preset = presets().get(nameIn(request));
        if (preset === undefined) throw unknown('preset', nameIn(request));
        const { resourceType, resource, ...about } = preset;
        sendJson(response, { ...about, documents: presetDocuments(preset) });
      },
    },
  ];
}
