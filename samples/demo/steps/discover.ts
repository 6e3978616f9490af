import type { Demo } from '../demo.js';

/** Shows what discovery found, once by each of the CRM's two descriptors, and of the invoicing service. */
export async function discover({ world: { runtime }, report }: Demo): Promise<void> {
  report.heading('Discover: the service objects of each descriptor');
  const formats = { crm: 'OpenAPI 3.1', crmReports: 'Swagger 2.0', invoicing: 'WSDL 1.1' };
  for (const [instance, format] of Object.entries(formats)) {
    const found = await runtime.store.descriptions.summary(instance);
    if (found === undefined) throw new Error(`Nothing was discovered for ${instance}.`);
    const { operations, serviceObjects, methods, types, diagnostics } = found;
    report.done(
      `${instance}, ${format}: ${operations} operations → ${serviceObjects} service objects with ${methods} methods and ${types} types; ${diagnostics.filter(({ severity }) => severity === 'skipped').length} left out`,
    );
  }
  const objects = await runtime.store.smartObjects.ofInstance('crm');
  report.table(
    ['SmartObject', 'Display name', 'Methods'],
    objects.map(({ name, displayName, methods }) => [
      name,
      displayName,
      methods.map((method) => method.name).join(' '),
    ]),
  );
}
