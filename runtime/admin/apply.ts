import { type AdminDocument, documentKinds } from '../../config/model/admin-document.js';
import { ConfigurationError, type FieldError, isSmartwrightError } from '../../config/model/errors.js';
import type { OAuthResourceType } from '../../config/model/oauth-resource-type.js';
import type { Principal } from '../../config/model/principal.js';
import { fillFromPreset } from '../../config/presets/index.js';
import { validateDocument } from '../../config/schema/index.js';
import type { Admin, Saved, SaveOptions } from './admin.js';

/**
 * Applies documents in the order of `documentKinds`, so that nothing is saved before what it refers to. All are validated before
 * the first is saved; a failure after that says what had been saved. A resource that names a preset brings the preset's type.
 */
export async function applyDocuments(
  admin: Pick<Admin, 'save'>,
  documents: readonly unknown[],
  actor: Principal,
  options: SaveOptions = {},
): Promise<Saved[]> {
  const saved: Saved[] = [];
  for (const document of inOrder(validateAll(documents))) {
    try {
      saved.push(await admin.save(document, actor, options));
    } catch (error) {
      throw saved.length === 0 ? error : afterSome(error, saved);
    }
  }
  return saved;
}

function validateAll(documents: readonly unknown[]): AdminDocument[] {
  const valid: AdminDocument[] = [];
  const types = new Map<string, OAuthResourceType>();
  const faults: { message: string; fields: FieldError[] }[] = [];
  documents.forEach((document, index) => {
    try {
      const { document: filled, type } = fillFromPreset(document);
      if (type !== undefined) types.set(type.name, type);
      valid.push(validateDocument(filled));
    } catch (error) {
      if (!isSmartwrightError(error)) throw error;
      const fields = error.fields.map((field) => ({ ...field, pointer: `/${index}${field.pointer}` }));
      faults.push({ message: error.message, fields });
    }
  });
  const given = new Set(valid.filter(({ kind }) => kind === 'OAuthResourceType').map(({ name }) => name));
  if (faults.length === 0) return [...[...types.values()].filter(({ name }) => !given.has(name)), ...valid];
  throw new ConfigurationError('DOCUMENT_INVALID', faults.map(({ message }) => message).join('\n'), {
    fields: faults.flatMap(({ fields }) => fields),
  });
}

function inOrder(documents: readonly AdminDocument[]): AdminDocument[] {
  return documents.toSorted((a, b) => documentKinds.indexOf(a.kind) - documentKinds.indexOf(b.kind));
}

function afterSome(error: unknown, saved: readonly Saved[]): unknown {
  if (!isSmartwrightError(error)) return error;
  const done = saved.map(({ kind, name }) => `${kind} "${name}"`).join(', ');
  return new ConfigurationError(
    error.code,
    `${error.message}\nSaved before that: ${done}. Correct the fault and apply again.`,
    {
      cause: error,
      fields: error.fields,
      extensions: { ...error.extensions, saved },
    },
  );
}
