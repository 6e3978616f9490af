import type { Assertion } from '../../../config/model/assertion.js';
import { CallerError } from '../../../config/model/errors.js';
import type { User } from '../../../config/model/identity.js';
import type { Credential } from '../../../config/model/principal.js';
import type { Application } from '../application.js';
import { whose } from '../errors.js';
import type { GrantContext } from './grant.js';

/** How an application's assertion is made: the resource's settings over the type's. */
export const assertionOf = ({ type, resource }: Application): Assertion => ({
  ...type.assertion,
  ...resource.assertion,
});

const placeholder = /\{(user|email|attribute\.[A-Za-z][\w.-]*)\}/g;

/** Whose token an assertion brings: the caller's own, when it names a person; else one for all. */
export function ownerOf(application: Application, credential: Credential): Credential {
  const { issuer = '', subject = '', claims = {} } = assertionOf(application);
  const texts = [issuer, subject, ...Object.values(claims)];
  return texts.some((text) => text.search(placeholder) >= 0) ? credential : 'application';
}

/** The assertion with the person in place of `{user}`, `{email}` and `{attribute.NAME}`. @throws CallerError FORBIDDEN */
export async function personalAssertion(
  application: Application,
  credential: Credential,
  context: Pick<GrantContext, 'person'>,
): Promise<Assertion> {
  const assertion = assertionOf(application);
  if (credential === 'application') return assertion;
  const { name } = application.resource;
  const [, userName] = /^user:(.+)$/s.exec(credential) ?? [];
  if (userName === undefined) {
    throw new CallerError(
      'FORBIDDEN',
      `OAuth resource "${name}" speaks for people only, and ${whose(credential)} is none.`,
    );
  }
  const person = await context.person(credential);
  const fill = (text: string) => text.replace(placeholder, (_, wanted: string) => personal(wanted));
  const personal = (wanted: string): string => {
    const value = wanted === 'user' ? userName : person && memberOf(person, wanted);
    if (value !== undefined && value !== '') return value;
    const remedy = `Give the user "${userName}" the ${wanted.replace('.', ' ')}`;
    throw new CallerError(
      'FORBIDDEN',
      `OAuth resource "${name}" needs {${wanted}} of ${whose(credential)}. ${remedy}.`,
    );
  };
  const { issuer, subject, claims } = assertion;
  return {
    ...assertion,
    ...(issuer === undefined ? {} : { issuer: fill(issuer) }),
    ...(subject === undefined ? {} : { subject: fill(subject) }),
    ...(claims === undefined
      ? {}
      : { claims: Object.fromEntries(Object.entries(claims).map(([claim, text]) => [claim, fill(text)])) }),
  };
}

function memberOf({ email, attributes = {} }: User, wanted: string): string | undefined {
  if (wanted === 'email') return email;
  const name = wanted.slice('attribute.'.length);
  return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}
