import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Credential } from '../../../config/model/principal.js';
import type { TokenTrace, TracedValue, TraceStep } from '../../../config/model/token-trace.js';
import { withOpenInstallation } from '../installation/open.js';
import { type InstallationOptions, teach, withInstallation } from '../options.js';
import type { Output } from '../output/output.js';
import { credentialOption } from './credential-option.js';

type Options = InstallationOptions & { readonly as?: Credential; readonly limit: number };

/** `smartwright auth trace`: what token flows asked and were answered. */
export function registerTrace(group: Command, output: Output): void {
  teach(
    withInstallation(
      group
        .command('trace [resource]')
        .description(
          'Shows the latest token flows: requests, answers, times, and the rule that failed; secrets masked.',
        ),
    )
      .addOption(credentialOption('--as <credential>', 'of one credential: user:NAME, service:NAME or application'))
      .addOption(new Option('--limit <n>', 'how many flows').argParser(howMany).default(10)),
    {
      examples: ['smartwright auth trace crm', 'smartwright auth trace crm --as user:alice --limit 1 --json'],
      notes:
        'A flow that failed before its resource was known, such as a callback with a foreign state, is listed without one.',
    },
  ).action(async (resource: string | undefined, { as: credential, limit, ...options }: Options) => {
    const query = {
      ...(resource === undefined ? {} : { resource }),
      ...(credential === undefined ? {} : { credential }),
      limit,
    };
    const traces = await withOpenInstallation(options, (installation) => installation.traces(query));
    output.result({ traces }, () => (traces.length === 0 ? 'There is no record of a token flow.' : text(traces)));
  });
}

function howMany(value: string): number {
  const count = /^\d{1,4}$/.test(value) ? Number(value) : 0;
  if (count < 1 || count > 1_000) throw new InvalidArgumentError('Give a whole number from 1 to 1000.');
  return count;
}

/** Oldest first, so that the latest stands where the person looks. */
const text = (traces: readonly TokenTrace[]): string => traces.toReversed().map(traceText).join('\n\n');

function traceText(trace: TokenTrace): string {
  const { at, flow, resource = '-', credential = '-', outcome, ms, rule, message, parameters = [], steps } = trace;
  const head = `${at}  ${flow}  ${resource}  ${credential}  ${outcome} in ${ms} ms`;
  const why = rule === undefined ? [] : [`  ${rule}: ${message ?? ''}`];
  return [head, ...why, ...values(parameters, '  '), ...steps.flatMap(stepLines)].join('\n');
}

function stepLines({ request, answer, failure, after, ms }: TraceStep): string[] {
  return [
    `  after ${after} ms: ${request.method} ${request.url}`,
    ...values(request.headers, '    '),
    ...values(request.parameters, '    '),
    ...(answer === undefined
      ? [`  no answer in ${ms} ms: ${failure ?? ''}`]
      : [
          `  answered ${answer.status} in ${ms} ms${answer.body === undefined ? '' : `: ${answer.body}`}`,
          ...values(answer.headers, '    '),
          ...values(answer.fields ?? [], '    '),
        ]),
  ];
}

const values = (list: readonly TracedValue[], indent: string): string[] =>
  list.map(({ name, value }) => `${indent}${name}: ${value}`);
