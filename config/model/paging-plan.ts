import type { JsonSchemaObject } from './json-schema.js';

/**
 * How the pages of a list follow one another. Discovery recognises it, and an admin may declare it as JSON or YAML:
 *
 *     paging: { style: cursor, from: [meta, next], input: cursor, size: limit, maxSize: 100 }
 *
 * `from`, `more` and `key` name properties of the answer, from its root inwards; `input`, `size` and `skip` name inputs of the method.
 */
export type PagingPlan = PageInputs &
  (
    | { readonly style: 'none' }
    /** The target of `rel="next"` in the `Link` header (RFC 8288). */
    | { readonly style: 'link-header' }
    /** A URL in the answer, absolute or relative, such as OData's `@odata.nextLink`. */
    | { readonly style: 'next-url'; readonly from: readonly string[] }
    /** A value in the answer that is an input of the next call. */
    | { readonly style: 'cursor'; readonly from: readonly string[]; readonly input: string; readonly more?: More }
    /** A property of the last item is an input of the next call. */
    | { readonly style: 'last-item'; readonly key: string; readonly input: string; readonly more?: More }
    /** A page number, counted from `first`; default 1. */
    | { readonly style: 'page'; readonly input: string; readonly first?: 0 | 1; readonly more?: More }
    /** The number of items before the page. */
    | { readonly style: 'offset'; readonly input: string; readonly more?: More }
  );

export type PagingStyle = PagingPlan['style'];

/** Where the answer says whether there is another page: `false` there ends the list. */
type More = readonly string[];

/** The inputs by which a caller says how much is wanted, in whatever way pages follow one another. */
interface PageInputs {
  /** The input that takes how many items a page has at most. */
  readonly size?: string;
  /** The largest number that the service accepts there. */
  readonly maxSize?: number;
  /** The input that takes how many items to leave out; for the style `offset` it is `input`. */
  readonly skip?: string;
}

const path: JsonSchemaObject = { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1, maxItems: 20 };
const input: JsonSchemaObject = { type: 'string', minLength: 1 };

/** What each style must name beside itself. */
const required: { readonly [S in PagingStyle]: readonly string[] } = {
  none: [],
  'link-header': [],
  'next-url': ['from'],
  cursor: ['from', 'input'],
  'last-item': ['key', 'input'],
  page: ['input'],
  offset: ['input'],
};

/** The schema of a `PagingPlan`, for documents that carry one. */
export const pagingPlanSchema: JsonSchemaObject = {
  type: 'object',
  title: 'Paging',
  description: 'How the pages of a list follow one another.',
  properties: {
    style: { type: 'string', enum: Object.keys(required) },
    from: { ...path, description: 'Where the answer has the next URL or the cursor: property names from its root.' },
    input: { ...input, description: 'The input that takes the cursor, the page number or the offset.' },
    key: { ...input, description: 'The property of the last item that is the cursor.' },
    more: { ...path, description: 'Where the answer says whether there is another page; false there ends the list.' },
    first: { type: 'integer', enum: [0, 1], default: 1, description: 'The number of the first page.' },
    size: { ...input, description: 'The input that takes how many items a page has at most.' },
    maxSize: { type: 'integer', minimum: 1, description: 'The largest page that the service gives.' },
    skip: { ...input, description: 'The input that takes how many items to leave out.' },
  },
  required: ['style'],
  additionalProperties: false,
  anyOf: Object.entries(required).map(([style, names]) => ({
    properties: { style: { const: style } },
    required: ['style', ...names],
  })),
};
