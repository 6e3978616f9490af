import { SimpleGrid, TextInput } from '@mantine/core';
import type { Resource, ResourceType } from './documents.ts';

export interface PlaceholdersProps {
  readonly type: ResourceType;
  readonly resource: Resource;
  readonly onChange: (resource: Resource) => void;
}

/** What stands for `{tenant}` and its like in the addresses and values. */
export function Placeholders({ type, resource, onChange }: PlaceholdersProps) {
  const { placeholders = [] } = type;
  const given = resource.placeholders ?? {};
  if (placeholders.length === 0) return null;
  const put = (name: string, value: string): void => {
    const { [name]: _, ...others } = given;
    onChange({ ...resource, placeholders: value === '' ? others : { ...others, [name]: value } });
  };
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      {placeholders.map(({ name, description, default: fallback, example }) => (
        <TextInput
          key={name}
          label={`{${name}}`}
          description={description}
          placeholder={fallback ?? example}
          value={given[name] ?? ''}
          required={fallback === undefined}
          onChange={(event) => put(name, event.currentTarget.value)}
        />
      ))}
    </SimpleGrid>
  );
}
