import { expect } from 'chai';
import fc from 'fast-check';
import { BackOff } from '../../runtime/oauth/back-off.js';
import { TokenEndpointError } from '../../runtime/oauth/errors.js';
import { jitterFor, refreshTime } from '../../runtime/oauth/refresh-time.js';
import { retryAfter } from '../../runtime/oauth/retry-after.js';

const issuedAt = new Date('2030-01-01T00:00:00Z');
const lives = (seconds: number) => ({ issuedAt, expiresAt: new Date(issuedAt.getTime() + seconds * 1000) });
const beforeExpiry = (seconds: number, jitter = 0) =>
  (lives(seconds).expiresAt.getTime() - refreshTime(lives(seconds), jitter)) / 1000;

describe('The time of a refresh (OAUTH §4)', () => {
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

  it('doubles, up to five minutes, and ends with a success or a new version of the resource', () => {
    const backOff = new BackOff();
    const waits: number[] = [];
    for (let n = 0; n < 12; n++) {
      backOff.record('k', 1, error(), 0);
      waits.push(backOff.until('k'));
    }
    expect(waits[0]).to.be.within(800, 1200);
    expect(waits[3]).to.be.within(6400, 9600);
    expect(waits[11]).to.be.within(240_000, 360_000);
    expect(backOff.pending('k', 1, 1000)).to.not.equal(undefined);
    expect(backOff.pending('k', 2, 1000)).to.equal(undefined);
    backOff.clear('k');
    expect(backOff.pending('k', 1, 1000)).to.equal(undefined);
  });

  it('waits as long as Retry-After says (RFC 9110 §10.2.3; OAUTH §5, 37)', () => {
    const backOff = new BackOff();
    backOff.record('k', 1, error(60_000), 0);
    expect(backOff.until('k')).to.equal(60_000);
    expect(retryAfter('120', 0)).to.equal(120_000);
    expect(retryAfter('Thu, 01 Jan 1970 00:01:00 GMT', 0)).to.equal(60_000);
    expect(retryAfter('99999999', 0)).to.equal(3_600_000);
    expect(retryAfter('-5', 0)).to.be.oneOf([undefined, 0]);
    expect(retryAfter('soon', 0)).to.equal(undefined);
    expect(retryAfter(undefined, 0)).to.equal(undefined);
  });
});
