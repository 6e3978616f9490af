import type { Request } from 'express';
import { CallerError } from '../../../config/model/errors.js';
import type { JsonSchema } from '../../../config/model/json-schema.js';
import { choicesOf } from '../../forms/choices.js';
import type { DesignContext, DesignQuestion } from '../../forms/design-call.js';
import type { WrittenCall } from '../../forms/equivalents.js';
import { propertyTypeOf } from '../../forms/property-type.js';
import { actingAs, type Caller } from '../../identity/index.js';
import { readJson } from '../body.js';
import type { Exchange } from '../exchange.js';
import { definitionTypes, methodSchema } from '../method-schema.js';
import { schemaReference } from '../openapi/operation.js';
import { arrayOf, record, text } from '../openapi/record.js';
import type { ServerParts } from '../parts.js';
import type { Route } from '../route.js';
import { sendJson } from '../send.js';
import { unknown } from './documents.js';

const tag = 'SmartObjects';
const METHOD = '/api/smartobjects/{object}/{method}';
const path = { object: 'System name of the SmartObject.', method: 'System name of the method.' };

/** Characters of a flat name; each name on the way is a look at all that an input may be there. */
const LONGEST_NAME = 2_000;

const question: JsonSchema = record({
  property: {
    type: 'string',
    maxLength: LONGEST_NAME,
    description: 'Flat name of the input, such as `address.country`. Lists on the way are passed through.',
  },
  'input?': { type: 'object', description: 'What is filled in so far.' },
});
const waitsFor: JsonSchema = {
  ...arrayOf(text),
  description: 'Flat names of the inputs that have to be filled in before.',
};

/** What a form of a method is drawn from and asks for, for whoever may call the method; and how else it is called. */
export function methodFormRoutes(parts: ServerParts): Route[] {
  const { runtime } = parts;
  const { store, engine } = runtime;

  const context = ({ principal, ...caller }: Caller, exchange: Exchange): DesignContext => ({
    store,
    engine,
    principal: actingAs({ principal, ...caller }, exchange.request.headers),
    signal: parts.inFlight.call(exchange),
  });

  return [
    {
      verb: 'get',
      path: `${METHOD}/schema`,
      access: 'user',
      operation: {
        id: 'getMethodSchema',
        tag,
        summary: 'Read the schemas of a method',
        description:
          'Self-contained JSON Schemas 2020-12 of its input and output, and the K2 data types of its properties.',
        path,
        answers: { 200: { description: 'The schemas.', schema: schemaReference('MethodSchema') } },
      },
      async handle(request, response) {
        const [object, name] = [String(request.params.object), String(request.params.method)];
        const found = await store.smartObjects.method(object, name);
        if (found === undefined) throw unknown(`method of SmartObject "${object}" called`, name);
        const { instance, method } = found;
        const types = await store.descriptions.types(instance, definitionTypes({ properties: [], methods: [method] }));
        sendJson(response, methodSchema(method, instance, types));
      },
    },
    {
      verb: 'post',
      path: `${METHOD}/choices`,
      access: 'user',
      operation: {
        id: 'listChoices',
        tag,
        summary: 'List the values to choose from for an input',
        description:
          'Those of its `enum`, or those that the method named by its `choicesFrom` gives to you: at most 1,000. That call may ask for consent like any other.',
        path,
        body: { schema: question },
        answers: {
          200: {
            description: 'The values, or what has to be filled in before.',
            schema: record({
              items: arrayOf(record({ value: {}, displayName: text, 'description?': text })),
              'more?': { type: 'boolean', description: 'There are more than are told.' },
              'waitsFor?': waitsFor,
            }),
          },
        },
      },
      async handle(request, response, caller, exchange) {
        const asked = await questionIn(request, runtime.settings.limits.requestBytes);
        sendJson(response, await choicesOf(asked, context(caller, exchange)));
      },
    },
    {
      verb: 'post',
      path: `${METHOD}/property-type`,
      access: 'user',
      operation: {
        id: 'getPropertyType',
        tag,
        summary: 'Read the type of an input that only the service knows',
        description: 'What the method named by its `schemaFrom` tells you, such as the columns of a chosen list.',
        path,
        body: { schema: question },
        answers: {
          200: {
            description: 'A JSON Schema, or what has to be filled in before.',
            schema: record({ 'schema?': { type: ['object', 'boolean'] }, 'waitsFor?': waitsFor }),
          },
        },
      },
      async handle(request, response, caller, exchange) {
        const asked = await questionIn(request, runtime.settings.limits.requestBytes);
        sendJson(response, await propertyTypeOf(asked, context(caller, exchange)));
      },
    },
    {
      verb: 'post',
      path: `${METHOD}/equivalents`,
      access: 'designer',
      operation: {
        id: 'writeCall',
        tag,
        summary: 'Write a call as a command, a program and a workflow',
        description: 'Nothing is called. The texts have no key: each takes it from the environment.',
        path,
        body: { schema: { type: 'object', description: 'The input of the call.' }, optional: true },
        answers: {
          200: {
            description: 'The texts.',
            schema: record({
              curl: text,
              typescript: { type: 'string', description: 'By the modules that `smartwright generate` writes.' },
              workflow: { type: 'string', description: 'Arazzo 1.0.1, as YAML.' },
            }),
          },
        },
      },
      async handle(request, response) {
        const input = objectIn((await readJson(request, runtime.settings.limits.requestBytes)) ?? {}, 'The body');
        const [object, method] = [String(request.params.object), String(request.params.method)];
        const found = await store.smartObjects.method(object, method);
        if (found === undefined) throw unknown(`method of SmartObject "${object}" called`, method);
        const objects = await namesOf(found.instance);
        // Printing code and YAML takes libraries that a server may never need.
        const { equivalentsOf } = await import('../../forms/equivalents.js');
        sendJson(response, equivalentsOf({ url: runtime.publicUrl(), object, method, input, objects }));
      },
    },
  ];

  async function namesOf(instance: string): Promise<WrittenCall['objects']> {
    const objects: WrittenCall['objects'][number][] = [];
    for (let after: string | undefined; ; ) {
      const page = await store.smartObjects.list({ instance, limit: 1000, ...(after !== undefined && { after }) });
      objects.push(...page.items);
      after = page.next;
      if (after === undefined) return objects;
    }
  }
}

/** @throws CallerError REQUEST_INVALID */
async function questionIn(request: Request, limit: number): Promise<DesignQuestion> {
  const { property, input = {} } = objectIn(await readJson(request, limit), 'The body');
  if (typeof property !== 'string' || property === '' || property.length > LONGEST_NAME) {
    throw new CallerError(
      'REQUEST_INVALID',
      `The body must be { "property": flat name of an input, up to ${LONGEST_NAME} characters, "input"?: {…} }.`,
    );
  }
  return {
    object: String(request.params.object),
    method: String(request.params.method),
    property,
    input: objectIn(input, '"input"'),
  };
}

function objectIn(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new CallerError('REQUEST_INVALID', `${what} must be a JSON object.`);
}
