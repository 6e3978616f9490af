import assert from 'node:assert/strict';
import { type JsonSchema, type JsonSchemaObject, referencedType, walkSchema } from '../../config/model/json-schema.js';
import { isSystemName } from '../../config/model/names.js';
import { type Description, methodKinds, type ServiceMethod } from '../../config/model/service-object.js';
import type { Proof } from './broker-suite.js';
import { compileAll } from './compile.js';

/** What discovery gives: names, schemas, bindings. */
export const checkDescription = {
  async names(subject) {
    const { serviceObjects, operations, diagnostics } = await subject.description();
    assert.ok(serviceObjects.length > 0, 'at least one service object must be described');
    unique(serviceObjects, 'service object');
    for (const object of serviceObjects) {
      assert.ok(object.methods.length > 0, `service object ${object.name} must have a method`);
      unique(object.methods, `method of ${object.name}`);
      unique(object.properties, `property of ${object.name}`);
      for (const method of object.methods) checkMethod(object.name, method);
    }
    assert.ok(Number.isSafeInteger(operations) && operations >= 0, 'operations must be a count');
    for (const { severity, code, message } of diagnostics) {
      assert.ok(severity === 'skipped' || severity === 'warning', `"${severity}" is no severity`);
      assert.ok(code !== '' && message !== '', 'a diagnostic must have a code and a message');
    }
  },

  async schemas(subject) {
    const description = await subject.description();
    const schemas = schemasOf(description);
    for (const [what, schema] of schemas) refer(what, schema, description);
    compileAll(schemas, description.types);
  },

  async json(subject) {
    const description = await subject.description();
    const stored = JSON.parse(JSON.stringify(description)) as Description;
    assert.deepEqual(stored, description, 'a description must be the same after it was written as JSON and read again');
  },

  async deterministic(subject) {
    assert.deepEqual(
      await subject.describe(),
      await subject.description(),
      'two descriptions of the same service must be the same',
    );
  },
} as const satisfies Record<string, Proof>;

function unique(things: readonly { readonly name: string; readonly displayName: string }[], what: string): void {
  const seen = new Set<string>();
  for (const { name, displayName } of things) {
    assert.ok(isSystemName(name), `${what} "${name}": that is no system name`);
    assert.ok(!seen.has(name.toLowerCase()), `${what} "${name}" is there twice, when case is ignored`);
    assert.ok(displayName.trim() !== '', `${what} "${name}" must have a display name`);
    seen.add(name.toLowerCase());
  }
}

function checkMethod(object: string, { name, kind, input, output, paged }: ServiceMethod): void {
  const what = `${object}.${name}`;
  assert.ok(methodKinds.includes(kind), `${what}: "${kind}" is no kind of method`);
  assert.ok(typeof input === 'object' && input.type === 'object', `${what}: the input must be a schema of type object`);
  for (const required of input.required ?? []) {
    assert.ok(
      Object.hasOwn(input.properties ?? {}, required),
      `${what}: the required input "${required}" must be among the properties`,
    );
  }
  assert.ok(kind !== 'list' || output !== false, `${what}: a list must say what its items are`);
  assert.ok(paged !== true || kind === 'list', `${what}: only a list has pages`);
}

function schemasOf({ serviceObjects, types }: Description): Map<string, JsonSchema> {
  const schemas = new Map(Object.entries(types).map(([name, schema]) => [`type ${name}`, schema]));
  for (const { name: object, methods, properties } of serviceObjects) {
    for (const { name, schema } of properties) schemas.set(`property ${object}.${name}`, schema);
    for (const { name, input, output, meta } of methods) {
      schemas.set(`input of ${object}.${name}`, input);
      schemas.set(`output of ${object}.${name}`, output);
      if (meta !== undefined) schemas.set(`meta of ${object}.${name}`, meta);
    }
  }
  return schemas;
}

function refer(what: string, schema: JsonSchema, { types }: Description): void {
  walkSchema(schema, ({ $ref }: JsonSchemaObject) => {
    if ($ref === undefined) return;
    const name = referencedType($ref);
    assert.ok(
      name !== undefined || $ref.startsWith('#'),
      `${what}: "${$ref}" must stay within the schema or name a type`,
    );
    if (name !== undefined) assert.ok(Object.hasOwn(types, name), `${what}: there is no type "${name}"`);
  });
}
