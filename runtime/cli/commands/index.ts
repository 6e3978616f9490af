import type { Command } from 'commander';
import type { Session } from '../run.js';
import { apply } from './apply.js';
import { auth } from './auth.js';
import { broker } from './broker.js';
import { call } from './call.js';
import { diff } from './diff.js';
import { discover } from './discover.js';
import { doctor } from './doctor.js';
import { exportDocuments } from './export.js';
import { generate } from './generate.js';
import { instance } from './instance.js';
import { key } from './key.js';
import { oauth } from './oauth.js';
import { preset } from './preset.js';
import { start } from './start.js';
import { user } from './user.js';

/** Adds one command to the program. */
export type Register = (program: Command, session: Session) => void;

/** All commands, in the order of the help. */
export const commands: readonly Register[] = [
  start,
  discover,
  generate,
  call,
  apply,
  exportDocuments,
  diff,
  instance,
  auth,
  oauth,
  preset,
  user,
  key,
  doctor,
  broker,
];
