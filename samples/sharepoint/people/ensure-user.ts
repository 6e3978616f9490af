import { Fault } from '../fault.js';
import type { UserRow } from '../model.js';
import { type Site, WEB } from '../site.js';

const CLAIM = 'i:0#.f|membership|';

/**
 * The site's user of a login name or an address, made when there is none.
 * @throws Fault 400 when it can be neither
 */
export function ensureUser(site: Site, logonName: string, title?: string): UserRow {
  const name = logonName.replace(/^i:0#\.[fw]\|[^|]+\|/, '').toLowerCase();
  const found = site.users
    .all(WEB)
    .find(
      ({ loginName, email }) => loginName.toLowerCase() === logonName.toLowerCase() || email.toLowerCase() === name,
    );
  if (found !== undefined) return found;
  if (!/^[^\s@]+@[^\s@]+$/.test(name)) {
    throw new Fault(
      400,
      '-2130575276, Microsoft.SharePoint.SPException',
      `The specified user ${logonName} could not be found.`,
    );
  }
  return site.users.put(WEB, {
    id: site.numbers.next('principals', 3),
    loginName: CLAIM + name,
    title: title ?? titleOf(name),
    email: name,
    siteAdmin: false,
  });
}

/** `ada.lovelace@example.org` → `Ada Lovelace`. */
const titleOf = (address: string): string =>
  (address.split('@')[0] ?? '')
    .split(/[._-]/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join(' ');
