/** A person who can sign in at the sample authorization server. */
export interface Person {
  readonly userName: string;
  readonly password: string;
  readonly displayName: string;
}

/** The sample person. The sign-in page shows the password: there is nothing here to protect. */
export const alice: Person = { userName: 'alice', password: 'wonderland', displayName: 'Alice Liddell' };
