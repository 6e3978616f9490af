import type { EntityManager } from 'typeorm';
import type { OAuthResource } from '../../model/oauth-resource.js';
import type { OAuthResourceType } from '../../model/oauth-resource-type.js';
import { documentEntity } from '../entities/document.js';
import type { Vault } from '../vault.js';
import { openSecrets, sealSecrets } from './document-repository.js';
import { takeSecretsOut } from './sealing.js';
import { type SecretContext, secretPositions } from './secret-positions.js';

/**
 * Seals the values of a type's resources that became secrets. What is sealed stays sealed when a parameter is no longer
 * marked: its value was entered as a secret. The documents mean the same afterwards, so their versions stay.
 */
export async function sealNewSecrets(
  manager: EntityManager,
  { vault, secretKeys }: Pick<SecretContext, 'secretKeys'> & { readonly vault: Vault },
  resourceType: OAuthResourceType,
): Promise<void> {
  for (const row of await manager.findBy(documentEntity, { kind: 'OAuthResource' })) {
    const resource = JSON.parse(row.document) as OAuthResource;
    if (resource.type !== resourceType.name) continue;
    const positions = secretPositions(resource, { resourceType, secretKeys });
    const { document, secrets } = takeSecretsOut(resource, positions, openSecrets(vault, row));
    const text = JSON.stringify(document);
    if (text === row.document) continue;
    await manager.update(
      documentEntity,
      { kind: row.kind, name: row.name },
      { document: text, secrets: sealSecrets(vault, row.kind, row.name, secrets) },
    );
  }
}
