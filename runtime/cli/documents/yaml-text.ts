/** Documents as `smartwright apply` takes them. References to the environment stay as they are. */
export async function yamlText(documents: readonly object[]): Promise<string> {
  const { stringify } = await import('yaml');
  return documents
    .map((document) => `---\n${stringify(document, { lineWidth: 120, aliasDuplicateObjects: false })}`)
    .join('');
}
