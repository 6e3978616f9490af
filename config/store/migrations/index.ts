import { Calls1764700000000 } from './calls.js';
import { DescriptionVersions1764400000000 } from './description-versions.js';
import { Initial1764000000000 } from './initial.js';
import { Notifications1764500000000 } from './notifications.js';
import { SmartMethodEntries1764800000000 } from './smart-method-entries.js';
import { TokenChanges1764100000000 } from './token-changes.js';
import { TokenHealth1764200000000 } from './token-health.js';
import { TokenTraces1764300000000 } from './token-traces.js';

/** All migrations, oldest first. A released one never changes. */
export const migrations = [
  Initial1764000000000,
  TokenChanges1764100000000,
  TokenHealth1764200000000,
  TokenTraces1764300000000,
  DescriptionVersions1764400000000,
  Notifications1764500000000,
  Calls1764700000000,
  SmartMethodEntries1764800000000,
];
