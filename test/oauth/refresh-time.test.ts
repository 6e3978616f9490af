import { expect } from 'chai';
import fc from 'fast-check';
import type { TokenError } from '../../config/model/token-error.js';
import { TokenEndpointError } from '../../runtime/oauth/errors.js';
import { jitterFor, refreshTime } from '../../runtime/oauth/refresh-time.js';
import { retryAfter } from '../../runtime/oauth/retry-after.js';
import { errorOf, isPending, nextFailure, retryTime } from '../../runtime/oauth/token-failure.js';

const issuedAt = new Date('2030-01-01T00:00:00Z');
const lives = (seconds: number) => ({ issuedAt, expiresAt: new Date(issuedAt.getTime() + seconds * 1000) });
const beforeExpiry = (seconds: number, jitter = 0) =>
  (lives(seconds).expiresAt.getTime() - refreshTime(lives(seconds), jitter)) / 1000;

describe('The time of a refresh', () => {
  it('is min(5 min, 10 % of the lifetime) before expiry', () => {
    expect(beforeExpiry(8)).to.equal(0.8);
    expect(beforeExpiry(600)).to.equal(60);
    expect(beforeExpiry(3600)).to.equal(300);
    expect(beforeExpiry(90 * 24 * 3600)).to.equal(300);
  });

  it('varies by a fifth, differently for each token and the same for one', () => {
    expect(beforeExpiry(3600, 1)).to.equal(360);
    expect(beforeExpiry(3600, -1)).to.equal(240);
    const jitter = jitterFor(42);
    expect(jitter('crm user:alice')).to.equal(jitter('crm user:alice'));
    fc.assert(fc.property(fc.string(), (key) => Math.abs(jitter(key)) <= 1));
    expect(new Set(['a', 'b', 'c', 'd'].map(jitter)).size).to.equal(4);
  });

  it('never comes for a token without an expiry', () => {
    expect(refreshTime({ issuedAt }, 0)).to.equal(Number.POSITIVE_INFINITY);
  });
});

describe('The back-off of a failing token endpoint', () => {
  const error = (retry?: number) =>
    new TokenEndpointError('TOKEN_UNAVAILABLE', 'away', { resource: 'crm', retryAfter: retry });

  const failureAfter = (failures: number, retry?: number): TokenError => {
    let failure: TokenError | undefined;
    for (let n = 0; n < failures; n++) failure = nextFailure(failure, error(retry), 1, 0);
    if (failure === undefined) throw new Error('no failure');
    return failure;
  };

  it('doubles, up to five minutes, and ends with a new version of the resource', () => {
    expect(retryTime(failureAfter(1))).to.be.within(800, 1200);
    expect(retryTime(failureAfter(4))).to.be.within(6400, 9600);
    expect(retryTime(failureAfter(12))).to.be.within(240_000, 360_000);
    expect(isPending(failureAfter(12), 1, 1000)).to.equal(true);
    expect(isPending(failureAfter(12), 2, 1000)).to.equal(false);
    expect(isPending(failureAfter(1), 1, 1201)).to.equal(false);
    expect(isPending(undefined, 1, 0)).to.equal(false);
    expect(nextFailure(failureAfter(12), error(), 2, 0)).to.include({ count: 1, version: 2 });
  });

  it('says who can mend a failure, and gives the same error again while it lasts', () => {
    const kinds = [
      ['invalid_grant', undefined, 'consent'],
      ['invalid_client', undefined, 'client'],
      ['invalid_scope', undefined, 'configuration'],
      [undefined, 429, 'busy'],
      [undefined, 503, 'busy'],
      [undefined, 500, 'unreachable'],
      [undefined, undefined, 'unreachable'],
    ] as const;
    for (const [oauthError, status, kind] of kinds) {
      const code = oauthError === undefined ? 'TOKEN_UNAVAILABLE' : 'TOKEN_REFUSED';
      const thrown = new TokenEndpointError(code, 'why', { resource: 'crm', oauthError, status });
      const failure = nextFailure(undefined, thrown, 1, 0);
      expect(failure).to.include({ kind, code: oauthError ?? code, message: 'why', count: 1 });
      if (kind !== 'consent') expect(errorOf(failure, 'crm', 0)).to.include({ code, message: 'why', oauthError });
    }
    expect(errorOf(failureAfter(1, 60_000), 'crm', 20_000).extensions).to.include({ retryAfter: 40 });
  });

  it('fault 37: waits as long as Retry-After says (RFC 9110 §10.2.3)', () => {
    expect(retryTime(failureAfter(1, 60_000))).to.equal(60_000);
    expect(retryAfter('120', 0)).to.equal(120_000);
    expect(retryAfter('Thu, 01 Jan 1970 00:01:00 GMT', 0)).to.equal(60_000);
    expect(retryAfter('99999999', 0)).to.equal(3_600_000);
    expect(retryAfter('-5', 0)).to.be.oneOf([undefined, 0]);
    expect(retryAfter('soon', 0)).to.equal(undefined);
    expect(retryAfter(undefined, 0)).to.equal(undefined);
  });
});
