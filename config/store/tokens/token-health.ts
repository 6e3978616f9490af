import type { OAuthResourceType } from '../../model/oauth-resource-type.js';
import type { TokenHealth } from '../../model/token-error.js';
import type { TokenRow } from '../entities/token.js';

const day = 24 * 60 * 60 * 1_000;

/** When a refresh token dies, milliseconds since the epoch: as the provider said, else by the days that its type gives. */
export function refreshTokenEnd(
  { refreshable, refreshExpiresAt, issuedAt }: Pick<TokenRow, 'refreshable' | 'refreshExpiresAt' | 'issuedAt'>,
  type: OAuthResourceType | undefined,
): number | undefined {
  if (!refreshable) return undefined;
  if (refreshExpiresAt !== null) return refreshExpiresAt;
  const days = type?.refreshTokenExpirationDays;
  return days === undefined || issuedAt === null ? undefined : issuedAt + days * day;
}

/** What a stored token is to whoever looks after it. @param now milliseconds since the epoch */
export function tokenHealth(row: TokenRow, type: OAuthResourceType | undefined, now: number): TokenHealth {
  if (row.state === 'revoked' || row.state === 'reconnect-required') return row.state;
  if (row.leaseUntil !== null && row.leaseUntil > now) return 'refreshing';
  if (row.lastError !== null) return 'retrying';
  if (!isPersonal(type)) return 'valid';
  if (!row.refreshable && row.expiresAt !== null && row.expiresAt <= now) return 'reconnect-required';
  const end = row.refreshable ? refreshTokenEnd(row, type) : row.expiresAt;
  const warning = (type?.expirationWarningDays ?? 0) * day;
  return typeof end === 'number' && end - warning <= now ? 'expiring' : 'valid';
}

/** Whether only a person can bring another token: with the other grants, one is obtained at the next call. */
const isPersonal = ({ grant = 'authorization_code', extension }: Partial<OAuthResourceType> = {}): boolean =>
  extension === undefined && (grant === 'authorization_code' || grant === 'device_code');
