import { type Crm, connectCrm } from '../modules/crm/index.js';
import { Person } from './person.js';
import type { Report } from './report.js';
import type { World } from './world.js';

/** What the steps of the demo share. */
export interface Demo {
  readonly world: World;
  readonly report: Report;
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal;
  alice(): Promise<Participant>;
  admin(): Promise<Participant>;
}

/** A person with the typed modules in hand. */
export interface Participant {
  readonly person: Person;
  readonly crm: Crm;
}

export function createDemo(world: World, report: Report, signal: AbortSignal): Demo {
  const { smartwright, passwords } = world;
  const signIn = async (user: string, password: string): Promise<Participant> => {
    const person = await Person.signIn(smartwright, user, password);
    return { person, crm: connectCrm({ url: smartwright, fetch: person.fetch }) };
  };
  return {
    world,
    report,
    signal,
    alice: once(() => signIn('alice', passwords.alice)),
    admin: once(() => signIn('admin', passwords.admin)),
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
