import { Document, isMap, visit } from 'yaml';
import type { AdminDocument } from '../../../config/model/admin-document.js';
import { withPlaceholdersEscaped } from '../../proposal/escape.js';

const preface = ` Exported by smartwright. Apply it with: smartwright apply FILE

 A secret is never exported. Where one is stored stands "secret: stored": applied to the same installation, the stored value is
 kept. For another installation, put the value or a placeholder such as \${env:CLIENT_SECRET} there. Passwords of users and
 values of API keys are not in this file: they are kept as hashes.`;

/** Admin documents as one YAML stream, in the order given; the same documents always give the same text. */
export function writeDocuments(documents: readonly AdminDocument[]): string {
  const texts = documents.map((document) => {
    const yaml = new Document(withPlaceholdersEscaped(document), { aliasDuplicateObjects: false });
    visit(yaml, {
      Pair: (_, pair) => {
        if (!isMap(pair.value) || pair.value.get('secret') !== 'stored' || pair.value.items.length !== 1) return;
        pair.value.flow = true;
        pair.value.comment = ' kept by the store';
      },
    });
    return yaml.toString({ lineWidth: 120 });
  });
  const head = preface.split('\n').map((line) => `#${line}`.trimEnd());
  return [head.join('\n'), ...texts.map((text) => `---\n${text.trimEnd()}`), ''].join('\n');
}
