import type { SessionCookie } from '../identity/cookie.js';
import type { Authenticator } from '../identity/index.js';
import type { Runtime } from '../runtime.js';
import type { Admission } from './admission.js';
import type { InFlight } from './in-flight.js';
import type { Metrics } from './metrics.js';
import type { Origins } from './origins.js';

/** What the server's routes are made with. */
export interface ServerParts {
  readonly runtime: Runtime;
  readonly authenticator: Authenticator;
  readonly admission: Admission;
  readonly origins: Origins;
  readonly inFlight: InFlight;
  readonly metrics: Metrics;
  readonly cookie: SessionCookie;
}
