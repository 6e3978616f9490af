import { essence, isJsonType, isRange, within } from '../../../http/media-type.js';
import type { AnswerPlan, ErrorPlan } from '../../plan.js';

/** Whether an answer's status means that the call succeeded, and by which of its plans it is read. */
export type Selection =
  | {
      readonly ok: true;
      /** Undefined when none of `declared` is for the media type that came. */
      readonly plan: AnswerPlan | undefined;
      /** The plans for this status; empty when the descriptor has no success answer at all. */
      readonly declared: readonly AnswerPlan[];
    }
  | { readonly ok: false };

/**
 * The plan that an answer is read by: the most exact status wins, then the most exact media type. A success status that the
 * descriptor does not declare is read as one that it does; an error or redirect is none, unless a redirect is declared.
 *
 * @param contentType as the service sent it
 */
export function select(answers: readonly AnswerPlan[], status: number, contentType: string | undefined): Selection {
  const [only] = answers;
  if (answers.length === 1 && only !== undefined && status >= 200 && status < 300 && only.status === String(status)) {
    return { ok: true, plan: fits(only, contentType) ? only : undefined, declared: answers };
  }
  const exact = answers.filter((answer) => answer.status === String(status));
  if (status >= 400 || (status >= 300 && exact.length === 0)) return { ok: false };
  const declared = candidates(answers, exact, status);
  return { ok: true, plan: byMediaType(declared, contentType), declared };
}

/** The declared error that an answer is, by the same order; undefined when none is declared for its status and media type. */
export function selectError(
  errors: readonly ErrorPlan[],
  status: number,
  contentType: string | undefined,
): ErrorPlan | undefined {
  if (errors.length === 0) return undefined;
  const exact = errors.filter((error) => error.status === String(status));
  return byMediaType(candidates(errors, exact, status), contentType);
}

function candidates<Plan extends AnswerPlan>(
  answers: readonly Plan[],
  exact: readonly Plan[],
  status: number,
): readonly Plan[] {
  if (exact.length > 0) return exact;
  const range = `${String(status)[0]}XX`;
  const inRange = answers.filter((answer) => answer.status.toUpperCase() === range);
  if (inRange.length > 0) return inRange;
  const other = answers.filter((answer) => answer.status === 'default');
  if (other.length > 0) return other;
  return answers.filter((answer) => answer.status.startsWith('2'));
}

/** Undefined when there are candidates and none is for this type. */
function byMediaType<Plan extends AnswerPlan>(
  answers: readonly Plan[],
  contentType: string | undefined,
): Plan | undefined {
  if (contentType === undefined) return answers[0];
  const type = essence(contentType);
  return (
    answers.find(({ mediaType }) => mediaType !== undefined && essence(mediaType) === type) ??
    answers.find(
      ({ mediaType }) => mediaType !== undefined && isRange(mediaType) && within(type, essence(mediaType)),
    ) ??
    answers.find(({ mediaType }) => mediaType === undefined) ??
    answers.find((answer) => fits(answer, contentType))
  );
}

/** Types that services are known to send in place of the declared one, when what they send is it all the same. */
const vague = new Set(['text/plain', 'application/octet-stream', 'text/javascript', 'application/javascript', '']);

function fits({ mediaType, codec }: AnswerPlan, contentType: string | undefined): boolean {
  if (mediaType === undefined || contentType === undefined || codec === 'none') return true;
  const type = essence(contentType);
  if (within(type, essence(mediaType))) return true;
  if (codec === 'json') return isJsonType(type) || vague.has(type);
  if (codec === 'xml') return type.endsWith('xml') || vague.has(type);
  if (codec === 'text') return type.startsWith('text/') || vague.has(type);
  if (codec === 'binary') return !type.startsWith('text/html');
  return vague.has(type);
}
