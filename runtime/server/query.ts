import type { Request } from 'express';
import { CallerError } from '../../config/model/errors.js';
import { type CallShape, callShapes, isCallShape } from '../engine/flat-input.js';

/**
 * A text from the query; undefined when it is absent or empty.
 *
 * @throws CallerError REQUEST_INVALID when it is given twice
 */
export function queryText({ query }: Request, name: string): string | undefined {
  const value: unknown = query[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string') return value;
  throw new CallerError('REQUEST_INVALID', `The query parameter "${name}" is given more than once.`);
}

/** The form of inputs, results and definitions. @throws CallerError REQUEST_INVALID when there is no such one */
export function queryShape(request: Request): CallShape | undefined {
  const shape = queryText(request, 'shape');
  return shape === undefined ? undefined : toShape(shape);
}

export function toShape(text: string): CallShape {
  if (isCallShape(text)) return text;
  throw new CallerError('REQUEST_INVALID', `The query parameter "shape" must be ${callShapes.join(' or ')}.`);
}

/**
 * A whole number from the query; undefined when it is absent.
 *
 * @throws CallerError REQUEST_INVALID when it is no whole number or outside its bounds
 */
export function queryNumber(request: Request, name: string, least: number, most: number): number | undefined {
  const text = queryText(request, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d{1,15}$/.test(text) && value >= least && value <= most) return value;
  throw new CallerError(
    'REQUEST_INVALID',
    `The query parameter "${name}" must be a whole number from ${least} to ${most}.`,
  );
}
