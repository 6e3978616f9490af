import { descriptionsSuite } from './descriptions-suite.js';
import { documentsSuite } from './documents-suite.js';
import { type Place, postgresPlace, sqlitePlace } from './place.js';
import { usePostgres } from './postgres.js';
import { recordsSuite } from './records-suite.js';
import { searchSuite } from './search-suite.js';
import { secretsSuite } from './secrets-suite.js';
import { tokensSuite } from './tokens-suite.js';

const suites = [documentsSuite, secretsSuite, tokensSuite, descriptionsSuite, searchSuite, recordsSuite];

/** Every suite runs on both databases: a fresh one for each test. */
function onEachTest(create: () => Promise<Place>): void {
  let current: Place | undefined;
  beforeEach(async () => {
    current = await create();
  });
  afterEach(async () => {
    await current?.remove();
    current = undefined;
  });
  const place = (): Place => {
    if (current === undefined) throw new Error('there is no database outside of a test');
    return current;
  };
  for (const suite of suites) suite(place);
}

describe('the store on SQLite', () => {
  onEachTest(sqlitePlace);
});

describe('the store on PostgreSQL', () => {
  const postgres = usePostgres();
  onEachTest(() => postgresPlace(postgres()));
});
