import { InvalidArgumentError, Option } from 'commander';
import type { Credential } from '../../../config/model/principal.js';

/** An option that takes a credential: `user:NAME`, `service:NAME` or `application`; a bare name is a user's. */
export function credentialOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser(parseCredential);
}

function parseCredential(value: string): Credential {
  if (value === 'application') return value;
  const [, kind = 'user', name] = /^(?:(user|service):)?([^:\s]+)$/.exec(value) ?? [];
  if (name === undefined) throw new InvalidArgumentError('Write user:NAME, service:NAME or application.');
  return kind === 'service' ? `service:${name}` : `user:${name}`;
}
