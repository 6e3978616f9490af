import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import type { Broker, MethodCall } from '../../brokers/broker.js';
import { ConfigurationError, UpstreamError } from '../../config/model/errors.js';
import type { Description, ServiceMethod } from '../../config/model/service-object.js';
import { brokerSuite } from './broker-suite.js';
import { type Check, checks } from './options.js';

const url = ({ keys, input }: MethodCall): string => `${keys.serviceUrl}/notes/${encodeURIComponent(String(input.id))}`;

const read: ServiceMethod = {
  name: 'Read',
  displayName: 'Read',
  kind: 'read',
  input: {
    type: 'object',
    properties: { id: { type: 'string', pattern: '[^.]' }, tags: { type: 'array', items: { type: 'string' } } },
    required: ['id'],
    additionalProperties: false,
  },
  output: { $ref: '#/types/Note' },
  binding: { path: '/notes' },
};

const description: Description = {
  serviceObjects: [{ name: 'Note', displayName: 'Note', properties: [], methods: [read] }],
  types: { Note: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] } },
  diagnostics: [],
  operations: 1,
  hosts: [],
};

/** The smallest broker that holds to the contract. */
const sound: Broker = {
  type: 'notes',
  displayName: 'Notes',
  description: 'Notes by their id.',
  keys: {
    type: 'object',
    properties: { serviceUrl: { type: 'string', title: 'Service URL' } },
    required: ['serviceUrl'],
  },
  async describe({ serviceUrl }, { http }) {
    try {
      const answer = await http.send({ method: 'GET', url: `${serviceUrl}/notes`, headers: {} });
      if ((await answer.text()) === 'notes') return description;
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      throw new ConfigurationError('DESCRIPTOR_UNAVAILABLE', 'The notes are not there.', { cause: error });
    }
    throw new ConfigurationError('DESCRIPTOR_INVALID', 'These are no notes.');
  },
  async execute(call, { http }) {
    const answer = await http.send({ method: 'GET', url: url(call), headers: { accept: 'text/plain' } });
    const text = await answer.text();
    if (answer.status === 200) return { value: { text } };
    const upstream = { status: answer.status, headers: {}, body: text };
    throw new UpstreamError('UPSTREAM_REFUSED', `The service answered ${answer.status}.`, { extensions: { upstream } });
  },
};

/** The checks that a broker fails. */
async function failures(broker: Broker, serviceUrl: string): Promise<Check[]> {
  const tests = new Map<string, () => Promise<void>>();
  const it = Object.assign((name: string, body: () => Promise<void>) => tests.set(name, body), {
    skip: () => undefined,
  });
  const calls = [{ method: 'Note.Read', input: { id: '1' } }];
  brokerSuite('under test', { broker, keys: { serviceUrl }, calls, describe: (_, body) => body(), it });
  const failed: Check[] = [];
  for (const check of Object.keys(checks) as Check[]) {
    try {
      await tests.get(checks[check])?.();
    } catch {
      failed.push(check);
    }
  }
  return failed;
}

/** The sound broker with another method in its description. */
const describing = (changes: Partial<ServiceMethod>, other: Partial<Description> = {}): Broker => ({
  ...sound,
  async describe(keys, context) {
    await sound.describe(keys, context);
    const methods = [{ ...read, ...changes }];
    return {
      ...description,
      serviceObjects: [{ name: 'Note', displayName: 'Note', properties: [], methods }],
      ...other,
    };
  },
});

describe('the conformance suite', () => {
  let server: Server;
  let service = '';
  before(async () => {
    server = createServer((request, response) => {
      response.setHeader('content-type', 'text/plain');
      response.end(request.url === '/notes' ? 'notes' : 'a note');
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    service = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });

  it('is passed by a broker that holds to the contract', async () => {
    expect(await failures(sound, service)).to.deep.equal([]);
  });

  const faulty: readonly (readonly [what: string, broker: Broker, check: Check])[] = [
    [
      'a key without a display name',
      { ...sound, keys: { type: 'object', properties: { serviceUrl: { type: 'string' } } } },
      'keys',
    ],
    ['a name with a space', describing({ name: 'Read it' }), 'names'],
    [
      'a required input that is none',
      describing({ input: { type: 'object', properties: {}, required: ['id'] } }),
      'names',
    ],
    ['a reference that leads nowhere', describing({ output: { $ref: '#/types/None' } }), 'schemas'],
    [
      'a pattern that does not compile',
      describing({}, { types: { Note: { type: 'string', pattern: '(' } } }),
      'schemas',
    ],
    ['a binding that is not JSON', describing({ binding: { at: new Date(0) } }), 'json'],
    [
      'a description that changes',
      describing({
        get description() {
          return String(performance.now());
        },
      }),
      'deterministic',
    ],
    [
      'a transport error from discovery',
      {
        ...sound,
        describe: async (keys, { http }) => {
          await http.send({ method: 'GET', url: String(keys.serviceUrl), headers: {} });
          return description;
        },
      },
      'badKeys',
    ],
    ['a result of another type', { ...sound, execute: async () => ({ value: 7 }) }, 'calls'],
    [
      'an untyped error',
      {
        ...sound,
        execute: async () => {
          throw new Error('oops');
        },
      },
      'refused',
    ],
    [
      'an error page taken for a result',
      {
        ...sound,
        execute: async (call, { http }) => {
          const answer = await http.send({ method: 'GET', url: url(call), headers: {} });
          return { value: { text: await answer.text() } };
        },
      },
      'refused',
    ],
    [
      'an upstream that is not waited for',
      {
        ...sound,
        execute: async (call, { http }) => {
          http.send({ method: 'GET', url: url(call), headers: {} }).catch(() => undefined);
          return { value: { text: '' } };
        },
      },
      'executeAborts',
    ],
    [
      'an input that is written to',
      {
        ...sound,
        execute: async (call, context) => {
          Object.assign(call.input, { seen: true });
          return sound.execute(call, context);
        },
      },
      'input',
    ],
    [
      'a value that leaves its path segment',
      {
        ...sound,
        execute: async (call, { http }) => {
          const answer = await http.send({
            method: 'GET',
            url: `${call.keys.serviceUrl}/notes/${call.input.id}`,
            headers: {},
          });
          answer.discard();
          throw new UpstreamError('UPSTREAM_REFUSED', 'No.', { extensions: { upstream: { status: answer.status } } });
        },
      },
      'hostile',
    ],
  ];

  for (const [what, broker, check] of faulty) {
    it(`finds ${what}`, async () => {
      expect(await failures(broker, service)).to.include(check);
    });
  }
});
