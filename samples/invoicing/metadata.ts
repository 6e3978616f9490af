import { readFile } from 'node:fs/promises';

/** The service's own description, by the query that asks for it, as WCF spreads it over documents. */
const documents: Readonly<Record<string, string>> = {
  wsdl: 'service.wsdl',
  'wsdl=wsdl0': 'contract.wsdl',
  'xsd=xsd0': 'messages.xsd',
  'xsd=xsd1': 'serialization.xsd',
  'xsd=xsd2': 'data.xsd',
  'xsd=xsd3': 'arrays.xsd',
};

/** @param service the URL of the service: where its documents and its endpoints are */
export async function readMetadata(service: string): Promise<ReadonlyMap<string, string>> {
  const read = async (file: string): Promise<string> => {
    const text = await readFile(new URL(`metadata/${file}`, import.meta.url), 'utf8');
    return text.replaceAll('{service}', service);
  };
  return new Map(
    await Promise.all(Object.entries(documents).map(async ([query, file]) => [query, await read(file)] as const)),
  );
}
