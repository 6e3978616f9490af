import { Secret } from '../../config/model/secret.js';
import { TokenEndpointError } from './errors.js';
import { cleanProviderText } from './provider-text.js';

/** What a device authorization endpoint answers (RFC 8628 §3.2). */
export interface DeviceAuthorization {
  readonly deviceCode: Secret;
  /** What the person types in. */
  readonly userCode: string;
  /** Where. */
  readonly verificationUri: string;
  /** The same with the code in it. */
  readonly verificationUriComplete?: string;
  /** Seconds. */
  readonly expiresIn: number;
  /** Seconds between two questions. */
  readonly interval: number;
}

/** Seconds: the interval where the provider names none (RFC 8628 §3.2). */
const defaultInterval = 5;
/** Seconds that a consent may take at most. */
const longest = 3_600;

/** @throws TokenEndpointError TOKEN_UNAVAILABLE when a field is missing or cannot be used */
export function readDeviceAuthorization(resource: string, fields: ReadonlyMap<string, unknown>): DeviceAuthorization {
  const text = (name: string): string => {
    const value = fields.get(name);
    return typeof value === 'string' ? value : '';
  };
  const deviceCode = text('device_code');
  const userCode = cleanProviderText(text('user_code'), [], 60);
  // The name that Google gave it before the RFC.
  const verificationUri = webAddress(text('verification_uri')) ?? webAddress(text('verification_url'));
  if (deviceCode === '' || userCode === '' || verificationUri === undefined) {
    throw new TokenEndpointError(
      'TOKEN_UNAVAILABLE',
      `OAuth resource "${resource}": the device authorization endpoint's answer lacks device_code, user_code or verification_uri.`,
      { resource },
    );
  }
  const verificationUriComplete = webAddress(text('verification_uri_complete'));
  return {
    deviceCode: new Secret(deviceCode),
    userCode,
    verificationUri,
    ...(verificationUriComplete === undefined ? {} : { verificationUriComplete }),
    expiresIn: seconds(fields.get('expires_in'), 600, longest),
    interval: seconds(fields.get('interval'), defaultInterval, 300),
  };
}

/** A URL that a person can be shown as a link: `javascript:` and the like are none. */
function webAddress(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && text.length <= 2_000 ? url.href : undefined;
}

function seconds(value: unknown, fallback: number, most: number): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && number >= 1 ? Math.min(Math.ceil(number), most) : fallback;
}
