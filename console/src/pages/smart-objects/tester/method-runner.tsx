import { Alert, Button, Group, Loader, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { RJSFSchema } from '@rjsf/utils';
import { useEffect, useMemo, useState } from 'react';
import { Problem } from '../../../api/problem.ts';
import { filledIn } from '../../../form/filled-in.ts';
import { SchemaForm } from '../../../form/index.tsx';
import { asHeld } from '../../../form/integer.ts';
import { Copyable } from '../../../parts/copyable.tsx';
import { ProblemAlert } from '../../../parts/problem-alert.tsx';
import { useTexts } from '../../../texts/texts-provider.tsx';
import type { MethodSchema } from '../queries.ts';
import { ConsentPrompt } from './consent-prompt.tsx';
import { MethodFormContext, methodFields } from './method-fields.tsx';
import { ResultView } from './result-view.tsx';
import { useRun } from './use-run.ts';

type Input = Readonly<Record<string, unknown>>;

export interface MethodRunnerProps {
  readonly object: string;
  readonly method: MethodSchema;
  /** What the form starts with. */
  readonly initial?: Input;
  /** Told of each change of the form. */
  readonly onInput?: (input: Input) => void;
  /** Told when a call has succeeded, with its result. */
  readonly onDone?: (value: unknown) => void;
  /** For designers: how long it took, the tree and the JSON of the result. Default: as an end user sees it. */
  readonly detailed?: boolean;
  /** Default: `Run` where it is detailed, else the method's name. */
  readonly submitLabel?: string;
  /** What can be done with a row of a list. */
  readonly rowAction?: RowAction;
}

export interface RowAction {
  readonly label: string;
  readonly run: (row: unknown) => void;
}

/** The form of a method, its call, and what that came to. */
export function MethodRunner(props: MethodRunnerProps) {
  const { object, method, initial, onInput, onDone, detailed = false, rowAction } = props;
  const { tester: texts } = useTexts();
  const { submitLabel = detailed ? texts.run : method.displayName } = props;
  const schema = method.input as RJSFSchema;
  const [input, setInput] = useState(() => asHeld(initial ?? {}) as Input);
  const { run, cancel, running, cancelled, answer, error, call } = useRun();
  const pages = usePages(answer?.value, call?.input.$next !== undefined);
  const form = useMemo(
    () => ({ object, method: method.name, input: filledIn(input, initial, schema, schema) as Input }),
    [object, method.name, input, initial, schema],
  );
  const change = (value: unknown): void => {
    const next = (value ?? {}) as Input;
    setInput(next);
    onInput?.(filledIn(next, initial, schema, schema) as Input);
  };
  const start = (given: Input): void =>
    run({ object, method: method.name, input: given }, { onSuccess: ({ value }) => onDone?.(value) });
  const problem = error instanceof Problem ? error : undefined;
  const asksConsent = problem?.document.authorizationUrl !== undefined;
  return (
    <SimpleGrid cols={{ base: 1, lg: detailed ? 2 : 1 }} spacing="lg" verticalSpacing="lg">
      <section
        className="surface"
        aria-label={texts.input}
        style={{ padding: 'var(--mantine-spacing-md)', minWidth: 0 }}
      >
        <MethodFormContext value={form}>
          <SchemaForm
            schema={schema}
            value={input}
            onChange={change}
            onSubmit={(said) => start(said as Input)}
            fields={methodFields}
            {...(problem?.document.fields !== undefined && { faults: problem.document.fields })}
            submitLabel={submitLabel}
            busy={running}
            actions={
              running && (
                <Button variant="default" onClick={cancel}>
                  {texts.cancel}
                </Button>
              )
            }
            idPrefix={`${object}-${method.name}`}
          />
        </MethodFormContext>
      </section>
      <Stack component="section" aria-label={texts.result} gap="sm" miw={0}>
        {running ? (
          <Running />
        ) : asksConsent && problem !== undefined ? (
          <ConsentPrompt problem={problem} onGiven={() => start(call?.input ?? input)} />
        ) : error !== null ? (
          <ProblemAlert error={error} retry={() => start(call?.input ?? input)}>
            {problem?.document.upstream !== undefined && detailed && <Upstream problem={problem} />}
          </ProblemAlert>
        ) : cancelled ? (
          <Alert color="gray" title={texts.cancelled}>
            {texts.cancelledExplanation}
          </Alert>
        ) : answer === undefined ? (
          detailed && <Text c="dimmed">{texts.nothingYet}</Text>
        ) : null}
        {answer !== undefined && !asksConsent && error === null && (
          <ResultView
            method={method}
            answer={answer}
            value={pages.value}
            detailed={detailed}
            {...(rowAction !== undefined && { rowAction })}
            {...(pages.next !== undefined && { onMore: () => start({ ...call?.input, $next: pages.next }) })}
          />
        )}
      </Stack>
    </SimpleGrid>
  );
}

/** What is under way, and for how long. */
function Running() {
  const { tester: texts } = useTexts();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <Group gap="xs" role="status">
      <Loader size="sm" />
      <Text>{texts.running}</Text>
      {seconds > 1 && <Text c="dimmed">{texts.seconds(seconds)}</Text>}
    </Group>
  );
}

/** What the service itself has answered. */
function Upstream({ problem }: { readonly problem: Problem }) {
  const { tester: texts } = useTexts();
  return (
    <Stack gap={4} w="100%">
      <Title order={3} size="sm">
        {texts.upstream}
      </Title>
      <Copyable
        text={JSON.stringify(problem.document.upstream, undefined, 2).slice(0, MOST_CHARACTERS)}
        label={texts.upstream}
        block
      />
    </Stack>
  );
}

/** Of a service's error answer. */
const MOST_CHARACTERS = 10_000;

/** A page of a list. */
interface ListPage {
  readonly items: readonly unknown[];
  readonly next?: string;
}

const isPage = (value: unknown): value is ListPage =>
  typeof value === 'object' && value !== null && 'items' in value && Array.isArray(value.items);

/** The items of all pages that were asked for one after another, and the name of the one that follows. */
function usePages(value: unknown, continues: boolean): { value: unknown; next: string | undefined } {
  const [read, setRead] = useState<{ last: unknown; items: readonly unknown[] }>({ last: undefined, items: [] });
  if (!isPage(value)) return { value, next: undefined };
  let { items } = read;
  if (read.last !== value) {
    items = continues ? [...read.items, ...value.items] : value.items;
    setRead({ last: value, items });
  }
  return { value: { ...value, items }, next: value.next };
}
