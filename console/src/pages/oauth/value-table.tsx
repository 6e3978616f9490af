import { Checkbox, Code, Stack, Table, Text, Title } from '@mantine/core';
import { useTexts } from '../../texts/texts-provider.tsx';
import { type Parameter, type Resource, type ResourceType, stages } from './documents.ts';
import { gathered, isByStage, spread, type Value, valueIn, withStage } from './stage-values.ts';
import { ValueInput } from './value-input.tsx';

export interface ValueTableProps {
  readonly type: ResourceType;
  readonly resource: Resource;
  readonly onChange: (resource: Resource) => void;
}

/** The values of a resource for the parameters of its type: one for all requests, or one for each. */
export function ValueTable({ type, resource, onChange }: ValueTableProps) {
  const { oauth: texts } = useTexts();
  const values: Readonly<Record<string, Value>> = resource.values;
  const put = (name: string, value: Value): void => {
    const { [name]: _, ...others } = values;
    const next = value === undefined ? others : { ...others, [name]: value };
    onChange({ ...resource, values: next as Resource['values'] });
  };
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {texts.values}
      </Title>
      <Text size="sm" c="dimmed">
        {texts.valuesAbout}
      </Text>
      <div className="surface scroll-x">
        <Table verticalSpacing="xs" horizontalSpacing="sm" miw={900} aria-label={texts.values}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{texts.parameter}</Table.Th>
              <Table.Th>{texts.oneForAll}</Table.Th>
              {stages.map((stage) => (
                <Table.Th key={stage}>{texts.stages[stage]}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {type.parameters.map((parameter) => (
              <Row
                key={parameter.name}
                parameter={parameter}
                value={values[parameter.name]}
                onChange={(value) => put(parameter.name, value)}
              />
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Stack>
  );
}

interface RowProps {
  readonly parameter: Parameter;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

function Row({ parameter, value, onChange }: RowProps) {
  const { oauth: texts } = useTexts();
  const { name, description, secret = false } = parameter;
  const sent = stages.filter((stage) => parameter.stages[stage] !== undefined);
  const fallback = sent.map((stage) => parameter.stages[stage]?.default).find((one) => one !== undefined);
  const byStage = isByStage(value);
  return (
    <Table.Tr>
      <Table.Td>
        <Code>{name}</Code>
        {description !== undefined && (
          <Text size="xs" c="dimmed">
            {description}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Checkbox
          aria-label={`${texts.oneForAll}: ${name}`}
          checked={!byStage}
          onChange={(event) => onChange(event.currentTarget.checked ? gathered(value) : spread(value, sent))}
        />
      </Table.Td>
      {!byStage ? (
        <Table.Td colSpan={stages.length}>
          <ValueInput label={name} secret={secret} value={value} fallback={fallback} onChange={onChange} />
          <Text size="xs" c="dimmed" mt={2}>
            {texts.sentIn(sent.map((stage) => texts.stages[stage]).join(', '))}
          </Text>
        </Table.Td>
      ) : (
        stages.map((stage) => (
          <Table.Td key={stage}>
            {parameter.stages[stage] === undefined ? (
              <Text size="xs" c="dimmed">
                {texts.notSent}
              </Text>
            ) : (
              <ValueInput
                label={`${name}: ${texts.stages[stage]}`}
                secret={secret}
                value={valueIn(value, stage)}
                fallback={parameter.stages[stage]?.default}
                onChange={(changed) => onChange(withStage(value, stage, changed) ?? {})}
              />
            )}
          </Table.Td>
        ))
      )}
    </Table.Tr>
  );
}
