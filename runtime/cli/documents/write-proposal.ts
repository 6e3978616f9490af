import { stringify } from 'yaml';
import type { ConnectionProposal } from '../../../config/model/connection-proposal.js';

/** A proposal as YAML that `smartwright apply` takes once the variables have values. The other ways stand in comments. */
export function writeProposal({ documents, ways, variables, notes }: ConnectionProposal): string {
  const width = Math.max(0, ...variables.map(({ name }) => name.length));
  const others = ways.slice(1);
  const head = [
    'Proposed by smartwright, from what the service says of itself. Look it through, set the variables, then:',
    'smartwright apply FILE',
    ...(variables.length === 0 ? [] : ['', 'Variables:']),
    ...variables.map(({ name, description }) => `  ${name.padEnd(width)}  ${description}`),
    ...(notes.length === 0 ? [] : ['']),
    ...notes.map((note) => `- ${note}`),
    ...(others.length === 0 ? [] : ['', 'Other ways that the service offers:']),
    ...others.flatMap(({ scheme, description, authentication }) => [
      '',
      `${scheme}${description === undefined ? '' : `: ${description}`}`,
      ...yaml({ authentication }).trimEnd().split('\n'),
    ]),
  ];
  return [
    ...head.map((line) => comment(line)),
    ...documents.map((document) => `---\n${yaml(document).trimEnd()}`),
    '',
  ].join('\n');
}

/** What a service says may have several lines; all of them must be comments. */
const comment = (text: string): string =>
  text
    .split(/[\r\n\u2028\u2029\u0085]+/)
    .map((line) => `# ${line}`.trimEnd())
    .join('\n');

const yaml = (value: unknown): string => stringify(value, { lineWidth: 120, aliasDuplicateObjects: false });
