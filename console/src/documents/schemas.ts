import type { RJSFSchema } from '@rjsf/utils';
import { queryOptions } from '@tanstack/react-query';
import { ServerAway } from '../api/problem.ts';
import type { EditedKind } from './kinds.ts';

/** The schemas by which the server validates documents: those of `/openapi.json`. */
export const schemasQuery = queryOptions({
  queryKey: ['openapi', 'schemas'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal }): Promise<Readonly<Record<string, RJSFSchema>>> => {
    const answer = await fetch('/openapi.json', { signal });
    if (!answer.ok) throw new ServerAway(`status ${answer.status}`);
    const { components } = (await answer.json()) as { components: { schemas: Record<string, RJSFSchema> } };
    return components.schemas;
  },
});

/** A document's schema without the members that a form does not show. */
export function formSchema(
  schemas: Readonly<Record<string, RJSFSchema>>,
  kind: EditedKind,
  hidden: readonly string[],
): RJSFSchema {
  const { title: _, description: __, ...schema } = schemas[kind] ?? {};
  const properties = Object.entries(schema.properties ?? {}).filter(([name]) => !hidden.includes(name));
  return {
    ...schema,
    properties: Object.fromEntries(properties.map(([name, property]) => [name, asText(property as RJSFSchema)])),
    required: (schema.required ?? []).filter((name) => !hidden.includes(name)),
    additionalProperties: false,
  };
}

/** A secret's place takes a text, or the marker of a stored one; a form asks for the text. */
function asText(schema: RJSFSchema): RJSFSchema {
  if (schema.writeOnly !== true) return schema;
  const { properties: _, required: __, additionalProperties: ___, ...rest } = schema;
  return { ...rest, type: 'string' };
}
