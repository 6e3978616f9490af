import { CallerError } from '../../../config/model/errors.js';
import type { Credential } from '../../../config/model/principal.js';
import type { SmartCall } from '../../engine/engine.js';
import type { Installation } from '../installation/installation.js';
import { withOpenInstallation } from '../installation/open.js';
import { type InstallationOptions, type ServiceOptions, teach, withInstallation, withService } from '../options.js';
import { requestText, resultDocument, resultText } from '../output/method-result.js';
import type { Session } from '../run.js';
import { readInput } from '../service/input.js';
import { UsageError } from '../usage-error.js';
import { credentialOption } from './credential-option.js';
import type { Register } from './index.js';

type Options = ServiceOptions &
  InstallationOptions & {
    readonly input?: string;
    readonly dryRun?: boolean;
    readonly flat?: boolean;
    readonly as?: Credential;
  };

/** `smartwright call`: calls one method. */
export const call: Register = (program, session) => {
  const command = program
    .command('call')
    .argument('<object.method>', 'the method, such as Contact.Read; case does not count')
    .description('Calls a method of a SmartObject, or of a service on its description alone.')
    .option('-i, --input <json>', 'the input as a JSON object, @FILE, or - for stdin (default: {})')
    .option('--dry-run', 'print the request that would be sent, and send nothing; with --type only')
    .option('--flat', 'every nested property of the result under its flat name, such as address.city')
    .addOption(
      credentialOption(
        '--as <credential>',
        'use the tokens of user:NAME or service:NAME; behind a server, where the API key may act as it',
      ),
    );
  teach(withInstallation(withService(command)), {
    examples: [
      `smartwright call --type rest --key descriptor=openapi.yaml Contact.Read --input '{"id":"42"}'`,
      `smartwright call --type rest --key descriptor=openapi.yaml Contact.Create --input @contact.json --dry-run`,
      `smartwright call --type rest --key descriptor=openapi.yaml --header 'authorization: Bearer TOKEN' Contact.List`,
      `smartwright call crm_Contact.List --input '{"limit":5}' --json`,
      `smartwright call crm_Contact.Create --input '{"name":"Ada","address.city":"Ulm"}' --flat`,
    ],
    notes: `With --json: the object itself; for a list { items, next?, meta? }; null when the method has no result. A list's next page:
add "$next" with the value of next to the input. The input may name nested properties flat, such as "address.city".`,
  }).action(async (name: string, options: Options) => {
    const input = await readInput(options.input, session.terminal.stdin);
    await (options.type === undefined ? callInstallation : callDirect)(name, input, options, session);
  });
};

type Input = Readonly<Record<string, unknown>>;

async function callDirect(name: string, input: Input, options: Options, session: Session): Promise<void> {
  const { callService } = await import('./call-service.js');
  const outcome = await callService(name, input, options, session);
  if ('request' in outcome) session.output.result(outcome.request, () => requestText(outcome.request));
  else session.output.result(resultDocument(outcome.result), () => resultText(outcome.result, session.output));
}

async function callInstallation(name: string, input: Input, options: Options, session: Session): Promise<void> {
  if (options.dryRun === true)
    throw new UsageError('--dry-run needs --type and --key: it builds the request without a store.');
  if (options.key.length > 0 || options.header.length > 0 || options.overlay !== undefined)
    throw new UsageError('--key, --header and --overlay need --type, such as --type rest.');
  const { splitMethodName } = await import('../service/select-method.js');
  const [object, method] = splitMethodName(name);
  const { signal } = session.terminal;
  const shape = options.flat === true ? 'flat' : undefined;
  const result = await withOpenInstallation(options, async (installation) => {
    try {
      return await installation.call({ object, method, input, shape }, signal, options.as);
    } catch (error) {
      const meant = await meantInstead(error, { object, method, input, shape }, installation);
      return installation.call(meant, signal, options.as);
    }
  });
  session.output.result(resultDocument(result), () => resultText(result, session.output));
}

/** The call with the names that were meant, where only their case was wrong. @throws NOT_FOUND with suggestions; `error` itself */
async function meantInstead(error: unknown, call: SmartCall, installation: Installation): Promise<SmartCall> {
  if (!(error instanceof CallerError && error.code === 'NOT_FOUND')) throw error;
  const known = await installation.listObjects().catch(() => undefined);
  // A key that may call may still not list.
  if (known === undefined) throw error;
  const { named } = await import('../service/select-method.js');
  const object = named(known, call.object, 'SmartObject');
  const method = named(object.methods, call.method, 'method', object.name);
  if (object.name === call.object && method.name === call.method) throw error;
  return { ...call, object: object.name, method: method.name };
}
