import { Accordion, Alert, Badge, Code, Group, Stack, Table, Text, Timeline } from '@mantine/core';
import { Moment } from '../../parts/moment.tsx';
import type { Texts } from '../../texts/texts.ts';
import { useTexts } from '../../texts/texts-provider.tsx';
import type { Token, Trace } from './queries.ts';

export interface TraceTimelineProps {
  readonly traces: readonly Trace[];
  readonly lastError?: Token['lastError'];
}

/** What the token flow did, flow by flow, newest first: each with its requests, the rule that failed, and the remedy. */
export function TraceTimeline({ traces, lastError }: TraceTimelineProps) {
  const { tokens: texts } = useTexts();
  if (traces.length === 0) return <Text c="dimmed">{texts.noTrace}</Text>;
  return (
    <Accordion variant="separated" multiple defaultValue={['0']}>
      {traces.map((trace, index) => (
        <Accordion.Item key={`${trace.at} ${trace.flow}`} value={String(index)}>
          <Accordion.Control>
            <Group gap="xs">
              <Badge color={trace.outcome === 'done' ? 'green' : 'red'} variant="outline" className="state-badge">
                {texts.outcomes[trace.outcome]}
              </Badge>
              <Text fw={600} span>
                {texts.flows[trace.flow]}
              </Text>
              <Text size="sm" c="dimmed" span>
                <Moment at={trace.at} /> · {texts.milliseconds(trace.ms)}
              </Text>
            </Group>
          </Accordion.Control>
          <Accordion.Panel>
            <Flow trace={trace} lastError={index === 0 ? lastError : undefined} />
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}

function Flow({ trace, lastError }: { readonly trace: Trace; readonly lastError: Token['lastError'] }) {
  const { tokens: texts } = useTexts();
  const { rule, message, parameters = [], steps } = trace;
  return (
    <Stack gap="sm">
      {rule !== undefined && (
        <Alert color="red" title={texts.failedRule(rule)}>
          <Text size="sm">{message}</Text>
          <Text size="sm" mt={4} fw={600}>
            {lastError === undefined ? remedyOf(rule, texts) : texts.remedies[lastError.kind]}
          </Text>
        </Alert>
      )}
      {parameters.length > 0 && <Values caption={texts.flowParameters} values={parameters} />}
      <Timeline bulletSize={14} lineWidth={2} active={steps.length}>
        {steps.map(({ request, answer, failure, after, ms }) => (
          <Timeline.Item
            key={`${after} ${request.url}`}
            color={answer === undefined || answer.status >= 400 ? 'red' : 'green'}
            title={
              <Text fw={600} size="sm">
                {request.method} <Code>{request.url}</Code>
              </Text>
            }
          >
            <Text size="sm" c="dimmed">
              {texts.after(after)} ·{' '}
              {answer === undefined ? (failure ?? texts.noAnswer) : texts.answered(answer.status, ms)}
            </Text>
            <Values caption={texts.sent} values={[...request.headers, ...request.parameters]} />
            {answer !== undefined && (
              <Values caption={texts.received} values={[...answer.headers, ...(answer.fields ?? [])]} />
            )}
            {answer?.body !== undefined && <Text size="sm">{answer.body}</Text>}
          </Timeline.Item>
        ))}
      </Timeline>
    </Stack>
  );
}

/** Who can mend it, by the rule: an OAuth error code (RFC 6749 §5.2) or a code of ours. */
function remedyOf(rule: string, { remedies, otherRemedy }: Texts['tokens']): string {
  const kinds: Readonly<Record<string, keyof typeof remedies>> = {
    invalid_grant: 'consent',
    access_denied: 'consent',
    AUTHORIZATION_REFUSED: 'consent',
    invalid_client: 'client',
    unauthorized_client: 'client',
    invalid_scope: 'configuration',
    invalid_request: 'configuration',
    unsupported_grant_type: 'configuration',
    DOCUMENT_INVALID: 'configuration',
    temporarily_unavailable: 'busy',
    slow_down: 'busy',
    TOKEN_UNAVAILABLE: 'unreachable',
  };
  const kind = Object.hasOwn(kinds, rule) ? kinds[rule] : undefined;
  return kind === undefined ? otherRemedy : remedies[kind];
}

function Values({
  caption,
  values,
}: {
  readonly caption: string;
  readonly values: readonly { readonly name: string; readonly value: string }[];
}) {
  if (values.length === 0) return null;
  return (
    <div className="scroll-x">
      <Table captionSide="top" withRowBorders={false} fz="xs" verticalSpacing={2}>
        <Table.Caption ta="left" mt={4} mb={0}>
          {caption}
        </Table.Caption>
        <Table.Tbody>
          {values.map(({ name, value }) => (
            <Table.Tr key={`${name}=${value}`}>
              <Table.Th w={180} fw={500}>
                {name}
              </Table.Th>
              <Table.Td>
                <Code>{value}</Code>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
