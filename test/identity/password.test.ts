import { scryptSync } from 'node:crypto';
import { expect } from 'chai';
import { apiKeyHash, hashPassword, newApiKey, verifyPassword } from '../../runtime/identity/index.js';
import { isOutdated, passwordFault, verifyNothing } from '../../runtime/identity/password.js';

const encode = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

describe('passwords', () => {
  it('verifies the password that was hashed and no other', async () => {
    const phc = await hashPassword('correct horse battery');
    expect(phc).to.match(/^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+$/);
    expect(await verifyPassword('correct horse battery', phc)).to.equal(true);
    expect(await verifyPassword('correct horse batterz', phc)).to.equal(false);
    expect(await verifyPassword('', phc)).to.equal(false);
  });

  it('salts: the same password never hashes to the same string', async () => {
    expect(await hashPassword('correct horse battery')).not.to.equal(await hashPassword('correct horse battery'));
  });

  it('matches however the keyboard composes a character', async () => {
    const phc = await hashPassword('Zürich\u00e9-station');
    expect(await verifyPassword('Zürich\u0065\u0301-station', phc)).to.equal(true);
  });

  it('still verifies a hash of another cost, and tells that it is outdated', async () => {
    const salt = Buffer.from('0123456789abcdef');
    const key = scryptSync('old password', salt, 32, { N: 2 ** 12, r: 8, p: 1 });
    const phc = `$scrypt$ln=12,r=8,p=1$${encode(salt)}$${encode(key)}`;
    expect(await verifyPassword('old password', phc)).to.equal(true);
    expect(isOutdated(phc)).to.equal(true);
    expect(isOutdated(await hashPassword('new password'))).to.equal(false);
  });

  it('matches nothing against a string that is no hash, or that asks for absurd memory', async () => {
    for (const phc of [
      '',
      'plain',
      '$scrypt$',
      '$scrypt$ln=31,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAA',
    ]) {
      expect(await verifyPassword('plain', phc), phc).to.equal(false);
    }
    expect(await verifyNothing('anything')).to.equal(false);
  });

  it('refuses passwords that are short, monotonous or the user name', () => {
    expect(passwordFault('short', 'alice')).to.contain('12 characters');
    expect(passwordFault('ababababababab', 'alice')).to.contain('repeats');
    expect(passwordFault('Alexandra.Smith', 'alexandra.smith')).to.contain('user name');
    expect(passwordFault('a good long phrase', 'alice')).to.equal(undefined);
  });

  it('hashes no more than a few at a time and turns a flood away', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 80 }, () => verifyPassword('x', cheap)));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).to.have.length(80 - 66);
    expect(refused[0]?.reason).to.include({ code: 'TOO_MANY_REQUESTS' });
    expect(await verifyPassword('x', cheap)).to.equal(true);
  });
});

const cheap = (() => {
  const salt = Buffer.from('0123456789abcdef');
  return `$scrypt$ln=4,r=8,p=1$${encode(salt)}$${encode(scryptSync('x', salt, 32, { N: 16, r: 8, p: 1 }))}`;
})();

describe('API keys', () => {
  it('carry 256 random bits behind a recognisable prefix', () => {
    const { key, hash } = newApiKey();
    expect(key).to.match(/^swk_[A-Za-z0-9_-]{43}$/);
    expect(hash)
      .to.equal(apiKeyHash(key))
      .and.match(/^[A-Za-z0-9_-]{43}$/);
    expect(newApiKey().key).not.to.equal(key);
  });
});
