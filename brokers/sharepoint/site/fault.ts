import { STATUS_CODES } from 'node:http';
import { CallerError, type FieldError, UpstreamError } from '../../../config/model/errors.js';
import type { Refused } from '../../http/refused.js';
import { contentOf, type Fields, isFields, textIn } from '../odata/answer.js';

/** What a request is about, for messages. */
export interface Subject {
  /** The title of the list. */
  readonly list?: string | undefined;
  readonly item?: number | undefined;
  readonly file?: string | undefined;
  /** The columns that may be named in a refusal, by any of their names, with the property that stands for each. */
  readonly columns?: readonly { readonly name: string; readonly title: string; readonly entity: string }[];
}

/** Why SharePoint refuses; `extensions.sharepoint.reason` of the error. */
export type Reason =
  | 'access-denied'
  | 'checked-out'
  | 'conflict'
  | 'digest'
  | 'exists'
  | 'invalid-column'
  | 'invalid-value'
  | 'list-missing'
  | 'locked'
  | 'missing'
  | 'quota'
  | 'throttled'
  | 'too-many-items'
  | 'other';

interface Rule {
  readonly reason: Reason;
  /** What to do, or what it means: a sentence. */
  readonly advice: string;
  /** Numbers at the beginning of `error.code`, which are HRESULTs. */
  readonly codes?: readonly number[];
  /** The exception that `error.code` names, or what the message says. */
  readonly says?: RegExp;
  readonly status?: number;
}

/** In order: the first that fits counts. */
const rules: readonly Rule[] = [
  {
    reason: 'digest',
    codes: [-2130575251],
    says: /security validation for this page/i,
    advice: 'The form digest is not valid.',
  },
  {
    reason: 'too-many-items',
    codes: [-2147024860],
    says: /SPQueryThrottledException/,
    advice: 'The query reads more items than the list view threshold allows; filter by a column that has an index.',
  },
  { reason: 'throttled', status: 429, advice: 'The site asks to be left alone for a while.' },
  {
    reason: 'conflict',
    codes: [-2130575339, -2130575305],
    status: 412,
    advice: 'Somebody else has changed it meanwhile; read it anew.',
  },
  {
    reason: 'checked-out',
    codes: [-2130575306, -2146232791],
    says: /SPFileCheckOutException|is checked out|must be checked out/i,
    advice: 'It is checked out to somebody else, or must be checked out first.',
  },
  {
    reason: 'locked',
    codes: [-2147018894, -2147018887],
    says: /SPFileLockException|locked for (?:shared|exclusive) use/i,
    advice: 'It is locked: somebody has it open.',
  },
  {
    reason: 'exists',
    codes: [-2130575257, -2130245363],
    says: /already exists/i,
    advice: 'There is one of that name already.',
  },
  {
    reason: 'quota',
    codes: [-2147024784, -2130575236],
    says: /quota|not enough (?:disk )?space/i,
    advice: 'The site has no space left.',
    status: 507,
  },
  {
    reason: 'list-missing',
    codes: [-2130575322],
    says: /^List '.*' does not exist|^List does not exist/i,
    advice: 'The list is not there any more; discover the site again.',
  },
  {
    reason: 'invalid-column',
    codes: [-2130575340],
    says: /InvalidClientQueryException|(?:property|field|column) '[^']*' does not exist/i,
    advice: 'A column is not there any more, or cannot be used so; discover the site again.',
  },
  {
    reason: 'invalid-value',
    codes: [-2130575155, -2130575163, -2130575270],
    says: /SPFieldValue|SPFieldValidation|SPDuplicateValuesFound|SPListDataValidation|invalid (?:choice|lookup|value)|not a valid|Cannot convert/i,
    advice: 'A value does not fit its column.',
  },
  {
    reason: 'missing',
    codes: [-2130575338, -2147024894, -2147024893],
    status: 404,
    advice: 'It is not there: deleted, moved, or not to be seen.',
  },
  {
    reason: 'access-denied',
    codes: [-2147024891, -2130575285],
    says: /UnauthorizedAccessException/,
    status: 403,
    advice: 'The credential has no right to do that.',
  },
];

const other: Rule = { reason: 'other', advice: '' };

/** The error that SharePoint writes, in any of its forms: `{ error }`, `{ 'odata.error' }`; `message` a text or `{ value }`. */
export function errorIn(body: unknown): { readonly code: string; readonly message: string } {
  const content = contentOf(body);
  if (!isFields(content)) return { code: '', message: typeof body === 'string' ? body.slice(0, 2_000) : '' };
  const error = content['odata.error'] ?? content.error;
  if (!isFields(error)) return { code: '', message: '' };
  return { code: textIn(error, 'code') ?? '', message: messageOf(error) };
}

function messageOf(error: Fields): string {
  const { message } = error;
  return isFields(message) ? (textIn(message, 'value') ?? '') : (textIn(error, 'message') ?? '');
}

/** Why a request was refused. */
export function reasonOf({ status, body }: Refused): Reason {
  return ruleOf(status, errorIn(body)).reason;
}

function ruleOf(status: number, { code, message }: { readonly code: string; readonly message: string }): Rule {
  const number = Number(/^-?\d+/.exec(code)?.[0] ?? Number.NaN);
  const exact = rules.find((rule) => rule.codes?.includes(number) || rule.says?.test(code) || rule.says?.test(message));
  return exact ?? rules.find((rule) => rule.status === status) ?? other;
}

/**
 * The error for a refused request: it names list, item and column, and has nothing of the text that SharePoint wrote but in
 * `extensions.upstream`.
 *
 * @returns CallerError CONFLICT where somebody else was faster, INPUT_INVALID where a value does not fit its column and the column
 *   is known; else UpstreamError UPSTREAM_REFUSED
 */
export function faultOf(refused: Refused, subject: Subject, what: string): CallerError | UpstreamError {
  const told = errorIn(refused.body);
  const { reason, advice } = ruleOf(refused.status, told);
  const column =
    reason === 'invalid-value' || reason === 'invalid-column' ? columnIn(told.message, subject) : undefined;
  const sharepoint = {
    reason,
    ...(told.code === '' ? {} : { code: told.code }),
    ...(subject.list === undefined ? {} : { list: subject.list }),
    ...(subject.item === undefined ? {} : { item: subject.item }),
    ...(subject.file === undefined ? {} : { file: subject.file }),
    ...(column === undefined ? {} : { column: column.title }),
  };
  const extensions = { upstream: refused, sharepoint };
  const place = [
    ...(subject.list === undefined ? [] : [`list "${subject.list}"`]),
    ...(subject.item === undefined ? [] : [`item ${subject.item}`]),
    ...(subject.file === undefined ? [] : [`file "${subject.file}"`]),
    ...(column === undefined ? [] : [`column "${column.title}"`]),
  ].join(', ');
  const status = `${refused.status}${STATUS_CODES[refused.status] === undefined ? '' : ` ${STATUS_CODES[refused.status]}`}`;
  const message = `${place === '' ? what : `${what}, ${place}`}: SharePoint answered ${status}.${advice === '' ? '' : ` ${advice}`}`;
  if (reason === 'conflict') return new CallerError('CONFLICT', message, { extensions });
  if (reason === 'invalid-value' && column !== undefined) {
    const fields: FieldError[] = [{ pointer: `/${column.name}`, message: 'is not accepted by the column' }];
    return new CallerError('INPUT_INVALID', message, { fields, extensions });
  }
  return new UpstreamError('UPSTREAM_REFUSED', message, { extensions });
}

/** The column that a message names in quotes. */
function columnIn(message: string, { columns = [] }: Subject) {
  for (const [, single, double, bracketed] of message
    .slice(0, 4_000)
    .matchAll(/'([^']{1,255})'|"([^"]{1,255})"|\[([^\]]{1,255})\]/g)) {
    const named = single ?? double ?? bracketed ?? '';
    const found = columns.find(({ name, title, entity }) => [name, title, entity, `${entity}Id`].includes(named));
    if (found !== undefined) return found;
  }
  return undefined;
}
