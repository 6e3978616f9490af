import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { JsonSchema } from '../../../config/model/json-schema.js';
import type { Description } from '../../../config/model/service-object.js';

/** Validators over a description's types. Throws when one of its schemas does not compile. */
export class Compiled {
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #types: Description['types'];

  constructor(description: Description) {
    addFormats.default(this.#ajv);
    this.#types = description.types;
    for (const name of Object.keys(description.types)) this.type(name);
    for (const { methods, properties } of description.serviceObjects) {
      for (const { input, output, meta } of methods)
        for (const schema of [input, output, meta ?? true]) this.schema(schema);
      for (const { schema } of properties) this.schema(schema);
    }
  }

  type(name: string): ValidateFunction {
    return this.schema({ $ref: `#/types/${encodeURIComponent(name)}` });
  }

  schema(schema: JsonSchema): ValidateFunction {
    return this.#ajv.compile({ types: this.#types, allOf: [schema] });
  }
}
