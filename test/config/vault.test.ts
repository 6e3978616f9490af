import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { Secret } from '../../config/model/secret.js';
import type { MasterKey } from '../../config/model/settings.js';
import { createVault } from '../../config/store/vault.js';
import { refusal } from '../support/rejection.js';

const masterKey = (id: string, bytes = 32): MasterKey => ({
  id,
  key: new Secret(randomBytes(bytes).toString('base64')),
});

describe('the vault', () => {
  const old = masterKey('old');
  const newest = masterKey('new');
  const vault = createVault([newest, old]);
  const row = { table: 'tokens', row: 'ada' };
  const envelope = (sealed: string) =>
    JSON.parse(sealed) as { fields: Record<string, string>; wrapped: string; masterKey: string };

  it('opens what it sealed, whatever the texts are', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string({ unit: 'grapheme' })), (given) => {
        // A null prototype is of no account.
        const fields = { ...given };
        expect(vault.open(row, vault.seal(row, fields))).to.deep.equal(fields);
      }),
      { numRuns: 50 },
    );
  });

  it('shows nothing of a secret, and seals the same one differently each time', () => {
    const sealed = vault.seal(row, { access: 'canary' });
    expect(sealed).to.not.contain('canary').and.not.contain(Buffer.from('canary').toString('base64url'));
    expect(envelope(vault.seal(row, { access: 'canary' })).fields.access).to.not.equal(envelope(sealed).fields.access);
  });

  const otherRows = [
    { table: 'tokens', row: 'eve' },
    { table: 'documents', row: 'ada' },
    { table: 'token', row: 'sada' },
  ];
  for (const other of otherRows) {
    it(`does not open in the row ${other.table}/${other.row} what it sealed in tokens/ada`, () => {
      const refused = refusal(() => vault.open(other, vault.seal(row, { access: 'a' })), 'SETTINGS_INVALID');
      expect(refused.message).to.contain(`${other.table} "${other.row}"`).and.contain('cannot be opened');
    });
  }

  it('does not open fields that were swapped', () => {
    const sealed = envelope(vault.seal(row, { access: 'a', refresh: 'r' }));
    const { access = '', refresh = '' } = sealed.fields;
    const swapped = JSON.stringify({ ...sealed, fields: { access: refresh, refresh: access } });
    refusal(() => vault.open(row, swapped), 'SETTINGS_INVALID');
  });

  it('does not open a field of an earlier sealing of the same row', () => {
    const earlier = envelope(vault.seal(row, { access: 'a' }));
    const later = envelope(vault.seal(row, { access: 'b' }));
    refusal(() => vault.open(row, JSON.stringify({ ...later, fields: earlier.fields })), 'SETTINGS_INVALID');
  });

  it('does not open when one bit anywhere was changed', () => {
    const sealed = envelope(vault.seal(row, { access: 'a' }));
    const flipped = (text: string, at: number) => {
      const bytes = Buffer.from(text, 'base64url');
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      return bytes.toString('base64url');
    };
    const { access = '' } = sealed.fields;
    for (let at = 0; at < Buffer.from(access, 'base64url').length; at++) {
      const tampered = JSON.stringify({ ...sealed, fields: { access: flipped(access, at) } });
      refusal(() => vault.open(row, tampered), 'SETTINGS_INVALID');
    }
    for (let at = 0; at < Buffer.from(sealed.wrapped, 'base64url').length; at++) {
      const tampered = JSON.stringify({ ...sealed, wrapped: flipped(sealed.wrapped, at) });
      refusal(() => vault.open(row, tampered), 'SETTINGS_INVALID');
    }
  });

  it('does not take a shortened tag', () => {
    const sealed = envelope(vault.seal(row, { access: '' }));
    const short = Buffer.from(sealed.fields.access ?? '', 'base64url')
      .subarray(0, 20)
      .toString('base64url');
    refusal(() => vault.open(row, JSON.stringify({ ...sealed, fields: { access: short } })), 'SETTINGS_INVALID');
  });

  for (const text of ['', 'null', '[]', '{}', '{"masterKey":"new"}', 'not json']) {
    it(`refuses the stored text ${JSON.stringify(text)} clearly`, () => {
      expect(refusal(() => vault.open(row, text), 'SETTINGS_INVALID').message).to.contain('cannot be opened');
    });
  }

  it('reads with an older key and writes with the newest', () => {
    const sealed = createVault([old]).seal(row, { access: 'a' });
    expect(vault.open(row, sealed)).to.deep.equal({ access: 'a' });
    expect(envelope(vault.seal(row, { access: 'a' })).masterKey).to.equal('new');
  });

  it('wraps again with the newest key, once, without sealing the fields again', () => {
    const sealed = createVault([old]).seal(row, { access: 'a' });
    const rewrapped = vault.rewrap(row, sealed) ?? '';
    expect(envelope(rewrapped)).to.deep.include({ masterKey: 'new', fields: envelope(sealed).fields });
    expect(vault.rewrap(row, rewrapped)).to.equal(undefined);
    expect(createVault([newest]).open(row, rewrapped)).to.deep.equal({ access: 'a' });
  });

  it('names a master key that is missing, and one that is another of the same name', () => {
    const sealed = createVault([old]).seal(row, { access: 'a' });
    expect(refusal(() => createVault([newest]).open(row, sealed), 'SETTINGS_INVALID').message).to.contain(
      'master key "old"',
    );
    refusal(() => createVault([masterKey('old')]).open(row, sealed), 'SETTINGS_INVALID');
    const renamed = JSON.stringify({ ...envelope(sealed), masterKey: 'new' });
    refusal(() => createVault([{ ...old, id: 'new' }]).open(row, renamed), 'SETTINGS_INVALID');
  });

  it('refuses keys that cannot be used', () => {
    refusal(() => createVault([]), 'SETTINGS_INVALID');
    expect(refusal(() => createVault([masterKey('short', 16)]), 'SETTINGS_INVALID').message).to.contain('has 16 bytes');
    refusal(() => createVault([old, { ...newest, id: 'old' }]), 'SETTINGS_INVALID');
  });
});
