import { expect } from 'chai';
import fc from 'fast-check';
import { cleanProviderText } from '../../runtime/oauth/provider-text.js';
import { type IssuedToken, parseTokenResponse } from '../../runtime/oauth/token-response.js';

const now = Date.parse('2030-01-01T00:00:00Z');
const parse = (text: string, status = 200, replacements = {}) =>
  parseTokenResponse({ status, contentType: 'application/json', text }, replacements, now);

function issued(fields: object, replacements = {}): IssuedToken {
  const response = parse(JSON.stringify({ access_token: 'a', ...fields }), 200, replacements);
  if (response.kind !== 'issued') throw new Error(JSON.stringify(response));
  return response.token;
}

describe('A token answer', () => {
  it('is read as JSON, with its further fields kept (RFC 6749 §5.1)', () => {
    const token = issued({
      token_type: 'bearer',
      refresh_token: 'r',
      expires_in: 3600,
      scope: 'a b',
      instance_url: 'https://eu.example',
      team: { id: 7 },
      nothing: null,
    });
    expect(token.accessToken.reveal()).to.equal('a');
    expect(token.refreshToken?.reveal()).to.equal('r');
    expect(token).to.include({ tokenType: 'bearer', expiresIn: 3600, scope: 'a b' });
    expect(token.fields.instance_url?.reveal()).to.equal('https://eu.example');
    expect(token.fields.team?.reveal()).to.equal('{"id":7}');
    expect(token.fields).to.have.keys('instance_url', 'team');
  });

  it('is read form-encoded, whatever the content type says', () => {
    const response = parse('access_token=gho_x%2Fy&scope=repo%2Cgist&token_type=bearer&expires_in=28800');
    expect(response).to.deep.include({ kind: 'issued' });
    if (response.kind !== 'issued') return;
    expect(response.token.accessToken.reveal()).to.equal('gho_x/y');
    expect(response.token).to.include({ expiresIn: 28800, scope: 'repo,gist' });
  });

  it('may lack a token_type, which then is Bearer; a null refresh token is none', () => {
    expect(issued({ refresh_token: null }))
      .to.include({ tokenType: 'Bearer' })
      .and.not.have.property('refreshToken');
    expect(issued({ refresh_token: '' })).to.not.have.property('refreshToken');
  });

  it('takes expires_in as text and cuts a huge one; zero, negative and garbage say nothing (OAUTH §5, 31)', () => {
    expect(issued({ expires_in: '3600' }).expiresIn).to.equal(3600);
    expect(issued({ expires_in: ' 3599.7 ' }).expiresIn).to.equal(3599);
    for (const huge of [1e20, '9'.repeat(400), Number.MAX_SAFE_INTEGER]) {
      expect(issued({ expires_in: huge }).expiresIn).to.equal(10 * 365 * 24 * 3600);
    }
    for (const nothing of [0, -1, '-3600', '', 'soon', null, {}, [], true, 'NaN', '0x10']) {
      expect(issued({ expires_in: nothing }), String(nothing)).to.not.have.property('expiresIn');
    }
  });

  it('gives its expiry by other names too: seconds, milliseconds or a date', () => {
    for (const expires_on of [now / 1000 + 60, String(now / 1000 + 60), now + 60_000, '2030-01-01T00:01:00Z']) {
      expect(issued({ expires_on }).expiresIn, String(expires_on)).to.equal(60);
    }
    expect(issued({ expires_in: 5, expires_at: now / 1000 + 60 }).expiresIn).to.equal(5);
  });

  it("is overridden by the type's token replacement values", () => {
    const token = issued({ expires_in: 1, token_type: 'bot' }, { expires_in: '259200', token_type: 'Bearer' });
    expect(token).to.include({ expiresIn: 259200, tokenType: 'Bearer' });
  });

  it('with 200 and an error is a refusal (OAUTH §5, 26)', () => {
    expect(parse('{"ok":false,"error":"invalid_code"}')).to.deep.equal({ kind: 'refused', error: 'invalid_code' });
    expect(parse('error=bad_verification_code&error_description=It+expired.')).to.deep.equal({
      kind: 'refused',
      error: 'bad_verification_code',
      description: 'It expired.',
    });
    expect(parse('{"error":{"message":"No","type":"OAuthException","code":190}}', 400)).to.deep.equal({
      kind: 'refused',
      error: '190',
      description: 'No',
    });
    expect(parse('{"access_token":"a","error":"invalid_grant"}').kind).to.equal('refused');
    expect(parse('{"access_token":"a","error":"","ok":true}').kind).to.equal('issued');
  });

  it('that is HTML, garbage, empty or not a token names what came (OAUTH §5, 27)', () => {
    const cases = [
      '<html>access_token=x</html>',
      '',
      'garbage',
      '[1]',
      '"x"',
      '{"access_token":',
      '{}',
      '{"access_token":7e999}',
    ];
    for (const text of cases) expect(parse(text).kind, text).to.equal('unreadable');
    expect(parseTokenResponse({ status: 302, contentType: 'text/html; charset=x', text: '' })).to.deep.equal({
      kind: 'unreadable',
      reason: 'the answer is a redirect (302), which is never followed',
    });
    expect(parse('{"access_token":"a"}', 500).kind).to.equal('unreadable');
  });

  it('with an access token that could break out of a header is refused (RFC 6749 A.12; OAUTH §5, 24)', () => {
    for (const token of ['a\r\nx: y', 'a\u0000', 'tökén']) {
      expect(parse(JSON.stringify({ access_token: token })).kind).to.equal('unreadable');
    }
  });

  it('that gives a field twice in a form is not guessed at', () => {
    expect(parse('access_token=a&access_token=b').kind).to.equal('unreadable');
  });

  it('does not reach into prototypes and does not overflow the stack', () => {
    const token = issued(JSON.parse('{"__proto__":{"x":1},"constructor":"y"}'));
    expect(Object.keys(token.fields)).to.include.members(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(token.fields)).to.equal(Object.prototype);
    expect(parse(`{"access_token":"a","x":${'['.repeat(20_000)}${']'.repeat(20_000)}}`).kind).to.equal('unreadable');
  });

  it('of any kind whatever never throws', () => {
    const some = { numRuns: 50 };
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.json()),
        fc.integer({ min: 100, max: 599 }),
        (text, status) => {
          expect(parse(text, status).kind).to.be.oneOf(['issued', 'refused', 'unreadable']);
        },
      ),
      some,
    );
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('expires_in', 'scope', 'token_type', 'error', 'x'), fc.jsonValue()),
        (fields) => {
          expect(parse(JSON.stringify({ access_token: 'a', ...fields })).kind).to.be.oneOf(['issued', 'refused']);
        },
      ),
      some,
    );
  });
});

describe("A provider's text", () => {
  it('becomes one clean line of bounded length, without the secrets that were sent (OAUTH §5, 17 and 25)', () => {
    const text = `bad\r\n\u0000\u202Etoken <b>canary-1</b> ${'x'.repeat(500)}`;
    const clean = cleanProviderText(text, ['canary-1']);
    expect(clean).to.match(/^bad token <b>\[secret\]<\/b> x+…$/);
    expect(clean.length).to.equal(300);
  });
});
