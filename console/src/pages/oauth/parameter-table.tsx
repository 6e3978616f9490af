import { Button, Checkbox, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useTexts } from '../../texts/texts-provider.tsx';
import { type Parameter, type ResourceType, type Stage, stages } from './documents.ts';
import { ValueInput } from './value-input.tsx';

export interface ParameterTableProps {
  readonly type: ResourceType;
  readonly onChange: (type: ResourceType) => void;
}

/** The parameters of a resource type: a row each, with a check box and a default value for every request. */
export function ParameterTable({ type, onChange }: ParameterTableProps) {
  const { oauth: texts } = useTexts();
  const { parameters } = type;
  const put = (at: number, parameter: Parameter | undefined): void =>
    onChange({
      ...type,
      parameters: parameters.flatMap((one, index) =>
        index !== at ? [one] : parameter === undefined ? [] : [parameter],
      ),
    });
  const add = (): void =>
    onChange({ ...type, parameters: [...parameters, { name: '', stages: { authorization: {} } }] });
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {texts.parameters}
      </Title>
      <Text size="sm" c="dimmed">
        {texts.parametersAbout}
      </Text>
      <div className="surface scroll-x">
        <Table verticalSpacing="xs" horizontalSpacing="sm" miw={900} aria-label={texts.parameters}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{texts.parameter}</Table.Th>
              <Table.Th>{texts.encrypted}</Table.Th>
              {stages.map((stage) => (
                <Table.Th key={stage}>{texts.stages[stage]}</Table.Th>
              ))}
              <Table.Th aria-label={texts.remove} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {parameters.map((parameter, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row's name is what is typed in.
              <Table.Tr key={at}>
                <Table.Td>
                  <TextInput
                    size="xs"
                    aria-label={texts.nameOf(at + 1)}
                    description={parameter.description}
                    value={parameter.name}
                    onChange={(event) => put(at, { ...parameter, name: event.currentTarget.value })}
                  />
                </Table.Td>
                <Table.Td>
                  <Checkbox
                    aria-label={`${texts.encrypted}: ${parameter.name}`}
                    checked={parameter.secret === true}
                    onChange={(event) => put(at, { ...parameter, secret: event.currentTarget.checked })}
                  />
                </Table.Td>
                {stages.map((stage) => (
                  <Table.Td key={stage}>
                    <StageCell parameter={parameter} stage={stage} onChange={(changed) => put(at, changed)} />
                  </Table.Td>
                ))}
                <Table.Td>
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    onClick={() => put(at, undefined)}
                    aria-label={`${texts.remove}: ${parameter.name}`}
                  >
                    {texts.remove}
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <div>
        <Button size="xs" variant="default" onClick={add}>
          {texts.addParameter}
        </Button>
      </div>
    </Stack>
  );
}

interface StageCellProps {
  readonly parameter: Parameter;
  readonly stage: Stage;
  readonly onChange: (parameter: Parameter) => void;
}

function StageCell({ parameter, stage, onChange }: StageCellProps) {
  const { oauth: texts } = useTexts();
  const { name, secret, stages: sent } = parameter;
  const place = sent[stage];
  const label = `${name}: ${texts.stages[stage]}`;
  const put = (value: Parameter['stages'][Stage]): void => {
    const { [stage]: _, ...others } = sent;
    onChange({ ...parameter, stages: value === undefined ? others : { ...others, [stage]: value } });
  };
  return (
    <Stack gap={4}>
      <Checkbox
        size="xs"
        label={texts.sent}
        aria-label={label}
        checked={place !== undefined}
        onChange={(event) => put(event.currentTarget.checked ? {} : undefined)}
      />
      {place !== undefined && (
        <ValueInput
          label={`${label}: ${texts.defaultValue}`}
          secret={secret === true}
          value={place.default}
          onChange={(value) => put(value === undefined ? {} : { default: value as string })}
        />
      )}
    </Stack>
  );
}
