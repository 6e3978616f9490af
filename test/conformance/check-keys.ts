import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { ServiceKeys } from '../../brokers/broker.js';
import { ConfigurationError } from '../../config/model/errors.js';
import { isSystemName } from '../../config/model/names.js';
import type { Proof } from './broker-suite.js';
import { compile } from './compile.js';
import { rejection } from './rejection.js';

/** The service keys: what an admin fills in. */
export const checkKeys = {
  async keys({ broker }) {
    assert.ok(isSystemName(broker.type), `the type "${broker.type}" must be a system name`);
    assert.ok(broker.displayName.trim() !== '', 'displayName must not be empty');
    assert.ok(broker.description.trim() !== '', 'description must not be empty');
    const { keys } = broker;
    assert.ok(typeof keys === 'object' && keys.type === 'object', 'keys must be a schema of type object');
    compile(keys, {}, 'keys');
    const properties = keys.properties ?? {};
    for (const [name, schema] of Object.entries(properties)) {
      assert.match(name, /^\p{Ll}[\p{L}\p{Nd}]*$/u, `the key "${name}" must be in camel case`);
      assert.ok(
        typeof schema === 'object' && (schema.title ?? '') !== '',
        `the key "${name}" must have a title: its display name`,
      );
      if (schema.default === undefined) continue;
      const validate = compile(schema, {}, `the key "${name}"`);
      assert.ok(validate(schema.default), `the default of the key "${name}" must fit its own schema`);
    }
    for (const name of keys.required ?? []) {
      assert.ok(Object.hasOwn(properties, name), `the required key "${name}" must be among the properties`);
    }
  },

  async badKeys(subject) {
    const keys = await subject.keys();
    const nowhere = `http://127.0.0.1:${await unusedPort()}/nothing`;
    const leading = Object.entries(keys).filter(
      ([, value]) => typeof value === 'string' && /^(https?:|file:|[./])/i.test(value),
    );
    const misled = leading.map(([name]): [string, ServiceKeys] => [name, { ...keys, [name]: nowhere }]);
    for (const [name, wrong] of misled) {
      const error = await rejection(() => subject.describe({}, wrong));
      // A key that discovery has no use for, such as another address for calls, leads nowhere only later.
      if (error === undefined && leading.length > 1) continue;
      assert.ok(
        error instanceof ConfigurationError,
        `describe with ${name}=${nowhere} must fail with a ConfigurationError, not ${String(error)}`,
      );
    }
  },
} as const satisfies Record<string, Proof>;

/** A port of this machine that nothing listens on. */
async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof address === 'object' && address !== null ? address.port : 1;
}
