import { expect } from 'chai';
import fc from 'fast-check';
import { cleanProviderText } from '../../runtime/oauth/provider-text.js';
import { type IssuedToken, parseTokenResponse, type ReadingRules } from '../../runtime/oauth/token-response.js';

const now = Date.parse('2030-01-01T00:00:00Z');
const parse = (text: string, status = 200, rules: ReadingRules = {}) =>
  parseTokenResponse({ status, contentType: 'application/json', text }, rules, now);

function issued(fields: object, rules: ReadingRules = {}): IssuedToken {
  const response = parse(JSON.stringify({ access_token: 'a', ...fields }), 200, rules);
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

  it('fault 31: takes expires_in as text and cuts a huge one; zero, negative and garbage say nothing', () => {
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
    expect(issued({ expires_at: '2030-01-01 00:01:00Z' }).expiresIn).to.equal(60);
    expect(issued({ expires: 'Tue, 01 Jan 2030 00:01:00 GMT' }).expiresIn).to.equal(60);
    expect(issued({ expires: '5184000' }).expiresIn).to.equal(5_184_000);
    expect(issued({ expiry: now / 1000 - 60 })).to.not.have.property('expiresIn');
  });

  it("is overridden by the type's token replacement values", () => {
    const token = issued(
      { expires_in: 1, token_type: 'bot' },
      { replacements: { expires_in: '259200', token_type: 'Bearer' } },
    );
    expect(token).to.include({ expiresIn: 259200, tokenType: 'Bearer' });
  });

  it('fault 26: with 200 and an error is a refusal', () => {
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

  it('fault 27: that is HTML, garbage, empty or not a token names what came', () => {
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

  it('fault 24: with an access token that could break out of a header is refused (RFC 6749 A.12)', () => {
    for (const token of ['a\r\nx: y', 'a\u0000', 'tökén']) {
      expect(parse(JSON.stringify({ access_token: token })).kind).to.equal('unreadable');
    }
  });

  it('that gives a token twice in a form is not guessed at; what else is there twice costs no token', () => {
    expect(parse('access_token=a&access_token=b').kind).to.equal('unreadable');
    const response = parse('scope=x&scope=y&access_token=a&access_token=a&expires_in=1&expires_in=2');
    expect(response).to.have.nested.property('token.scope', 'x y');
    expect(response).to.not.have.nested.property('token.expiresIn');
  });

  it('may be a form with blanks that nobody encoded', () => {
    expect(parse('access_token=a&scope=read write&token_type=bearer\n')).to.have.nested.property(
      'token.scope',
      'read write',
    );
  });

  it('may hold the token inside another object, if only one does', () => {
    const slack = {
      ok: true,
      authed_user: { id: 'U1', access_token: 'xoxp-1', refresh_token: 'r', scope: 'a,b', expires_in: '43200' },
    };
    const response = parse(JSON.stringify(slack));
    if (response.kind !== 'issued') throw new Error(JSON.stringify(response));
    expect(response.token.accessToken.reveal()).to.equal('xoxp-1');
    expect(response.token.refreshToken?.reveal()).to.equal('r');
    expect(response.token).to.include({ scope: 'a,b', expiresIn: 43200 });
    const two = { data: { access_token: 'a' }, team: { access_token: 'b' } };
    expect(parse(JSON.stringify(two)).kind).to.equal('unreadable');
  });

  it('is read where the type says that the fields are, and at the top where nothing is there', () => {
    const places = {
      access_token: 'authed_user.access_token',
      refresh_token: 'authed_user.refresh_token',
      scope: 'authed_user.scope',
    };
    const answer = { scope: 'bot', authed_user: { access_token: 'person', refresh_token: 'r', scope: 'mine' } };
    const token = issued(answer, { places });
    expect([token.accessToken.reveal(), token.refreshToken?.reveal(), token.scope]).to.deep.equal([
      'person',
      'r',
      'mine',
    ]);
    expect(issued({ scope: 'top' }, { places }).accessToken.reveal()).to.equal('a');
    expect(issued({}, { places: { refresh_token: 'access_token' } }).refreshToken?.reveal()).to.equal('a');
    expect(issued({ '__proto__.x': 1 }, { places: { scope: '__proto__.toString.name' } })).to.not.have.property(
      'scope',
    );
  });

  it('that says error: 0, false, ok or {} has none; ok: false without one is a refusal', () => {
    for (const error of [0, '0', false, 'ok', '', null, {}, { code: 'ok', message: '' }, { code: 0 }, []]) {
      expect(parse(JSON.stringify({ access_token: 'a', error })).kind, JSON.stringify(error)).to.equal('issued');
    }
    expect(parse('{"ok":false}')).to.deep.equal({ kind: 'refused', error: 'error' });
    expect(parse('error=no&error=never&access_token=a')).to.deep.equal({ kind: 'refused', error: 'no' });
  });

  it("with an error code of the provider's own has the standard one that the type gives it", () => {
    const errors = { bad_refresh_token: 'invalid_grant', '190': 'invalid_grant' };
    const own = parse('error=bad_refresh_token&error_description=Expired', 200, { errors });
    expect(own).to.deep.equal({ kind: 'refused', error: 'invalid_grant', description: 'bad_refresh_token: Expired' });
    expect(parse('{"error":{"code":190}}', 400, { errors })).to.include({ error: 'invalid_grant', description: '190' });
    expect(parse('{"error":"constructor"}', 400, { errors })).to.deep.equal({ kind: 'refused', error: 'constructor' });
  });

  it('without a token names what it holds, for the type to point to', () => {
    const response = parse('{"accessToken":"canary-token","expiresIn":5}');
    expect(response).to.have.property(
      'reason',
      'the answer holds no access_token and no error; it holds "accessToken", "expiresIn"',
    );
    const places = { access_token: 'accessToken', expires_in: 'expiresIn' };
    expect(parse('{"accessToken":"x","expiresIn":5}', 200, { places })).to.have.nested.property('token.expiresIn', 5);
  });

  it('holds a token as it was sent: blanks around it are no part of it, an inexact number is none', () => {
    expect(issued({ access_token: ' a\n', refresh_token: ' ' })).to.not.have.property('refreshToken');
    expect(issued({ access_token: ' a\n' }).accessToken.reveal()).to.equal('a');
    expect(issued({ access_token: 42 }).accessToken.reveal()).to.equal('42');
    expect(parse('{"access_token":12345678901234567890}').kind).to.equal('unreadable');
    expect(issued({ token_type: ' bearer ' }).tokenType).to.equal('bearer');
  });

  it('does not reach into prototypes and does not overflow the stack', () => {
    const token = issued(JSON.parse('{"__proto__":{"x":1},"constructor":"y"}'));
    expect(Object.keys(token.fields)).to.include.members(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(token.fields)).to.equal(Object.prototype);
    const deep = parse(`{"access_token":"a","x":${'['.repeat(20_000)}${']'.repeat(20_000)}}`);
    expect(deep).to.have.nested.property('token.fields').that.deep.equals({});
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

describe('A token that a provider sends', () => {
  const tokenArbitrary = fc.stringMatching(/^[\x21-\x7e]{1,60}$/);
  const oddities = fc.dictionary(
    fc.constantFrom(
      'expires_in',
      'expires_at',
      'scope',
      'token_type',
      'refresh_token',
      'ok',
      'id_token',
      '__proto__',
      'x',
      'y',
    ),
    fc.jsonValue({ maxDepth: 5 }),
  );
  const read = (text: string, contentType: string): string | undefined => {
    const response = parseTokenResponse({ status: 200, contentType, text }, {}, now);
    return response.kind === 'issued' ? response.token.accessToken.reveal() : undefined;
  };

  it('is never lost for what stands beside it, as JSON or as a form, under any content type', () => {
    fc.assert(
      fc.property(tokenArbitrary, oddities, fc.string(), (token, beside, contentType) => {
        const own = Object.entries(beside);
        expect(read(JSON.stringify(Object.fromEntries([...own, ['access_token', token]])), contentType)).to.equal(
          token,
        );
        const form = new URLSearchParams([['access_token', token]]);
        for (const [name, value] of own) form.append(name, String(JSON.stringify(value)));
        expect(read(form.toString(), contentType)).to.equal(token);
        expect(read(JSON.stringify({ id: 1, data: { access_token: token, ...beside, x: 1 } }), contentType)).to.equal(
          token,
        );
      }),
    );
  });

  it('brings its refresh token, its lifetime and its further fields unchanged', () => {
    const lifetimes = fc.integer({ min: 1, max: 315_360_000 });
    fc.assert(
      fc.property(
        tokenArbitrary,
        tokenArbitrary,
        lifetimes,
        fc.boolean(),
        fc.string({ minLength: 1 }),
        (token, refresh, seconds, asText, extra) => {
          const expires_in = asText ? String(seconds) : seconds;
          const answer = issued({ access_token: token, refresh_token: refresh, expires_in, realm: extra });
          expect(answer.refreshToken?.reveal()).to.equal(refresh);
          expect(answer.expiresIn).to.equal(seconds);
          expect(answer.fields.realm?.reveal()).to.equal(extra);
          const printed: unknown[] = [];
          JSON.parse(JSON.stringify(answer), (_name, value) => printed.push(value) && value);
          expect(printed).to.not.include(token).and.not.include(refresh);
        },
      ),
    );
  });

  it('is found at any path that the type names', () => {
    const names = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(names, tokenArbitrary, (path, token) => {
        const answer = path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), token);
        const response = parse(JSON.stringify(answer), 200, { places: { access_token: path.join('.') } });
        // A field that is called "error" is one, wherever the token is said to be.
        if (path[0] === 'error') return;
        expect(response.kind).to.equal('issued');
      }),
    );
  });
});

describe("A provider's text", () => {
  it('faults 17 and 25: becomes one clean line of bounded length, without the secrets that were sent', () => {
    const text = `bad\r\n\u0000\u202Etoken <b>canary-1</b> ${'x'.repeat(500)}`;
    const clean = cleanProviderText(text, ['canary-1']);
    expect(clean).to.match(/^bad token <b>\[secret\]<\/b> x+…$/);
    expect(clean.length).to.equal(300);
  });
});
