import { auditEntity } from './audit.js';
import { authorizationEntity } from './authorization.js';
import { callEntity } from './call.js';
import { descriptionEntity, serviceMethodEntity, serviceObjectEntity, typeEntity } from './description.js';
import { descriptionVersionEntity } from './description-version.js';
import { documentEntity } from './document.js';
import { masterKeyEntity } from './master-key.js';
import { notificationEntity } from './notification.js';
import { revisionEntity } from './revision.js';
import { sessionEntity, signInTokenEntity } from './session.js';
import { smartMethodEntity, smartMethodEntryEntity, smartObjectEntity, smartStepEntity } from './smart-object.js';
import { tokenEntity } from './token.js';
import { tokenTraceEntity } from './token-trace.js';

/** Every table of the store. */
export const entities = [
  revisionEntity,
  masterKeyEntity,
  documentEntity,
  sessionEntity,
  signInTokenEntity,
  descriptionEntity,
  descriptionVersionEntity,
  serviceObjectEntity,
  serviceMethodEntity,
  typeEntity,
  smartObjectEntity,
  smartMethodEntity,
  smartMethodEntryEntity,
  smartStepEntity,
  tokenEntity,
  tokenTraceEntity,
  notificationEntity,
  authorizationEntity,
  auditEntity,
  callEntity,
];
