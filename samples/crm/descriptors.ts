import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';

export interface Addresses {
  /** Of the service, without a trailing slash. */
  readonly service: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
}

const read = async (name: string) => parseDocument(await readFile(new URL(name, import.meta.url), 'utf8'));

/** The OpenAPI 3.1 document as JSON, with the addresses of this run. */
export async function openApiJson(addresses: Addresses): Promise<string> {
  const document = await read('openapi.yaml');
  const flow = ['components', 'securitySchemes', 'person', 'flows', 'authorizationCode'];
  document.setIn(['servers'], [{ url: addresses.service }]);
  document.setIn([...flow, 'authorizationUrl'], addresses.authorizationEndpoint);
  document.setIn([...flow, 'tokenUrl'], addresses.tokenEndpoint);
  document.setIn([...flow, 'refreshUrl'], addresses.tokenEndpoint);
  return JSON.stringify(document.toJS(), null, 2);
}

/** The Swagger 2.0 document as YAML, with the addresses of this run. */
export async function swaggerYaml(addresses: Addresses): Promise<string> {
  const document = await read('swagger.yaml');
  const { host, protocol } = new URL(addresses.service);
  document.setIn(['host'], host);
  document.setIn(['schemes'], [protocol.slice(0, -1)]);
  document.setIn(['securityDefinitions', 'person', 'authorizationUrl'], addresses.authorizationEndpoint);
  document.setIn(['securityDefinitions', 'person', 'tokenUrl'], addresses.tokenEndpoint);
  return document.toString();
}
