import { afterAll, beforeAll, describe } from 'vitest';
import { syncPasswords } from '../password-sync.ts';
import { type Company, openServerWorld, type ServerWorld } from '../world.ts';
import { answersMistaken } from './answers.ts';
import { filtersMistaken } from './filters.ts';
import { listsMistaken } from './lists.ts';
import { membersMistaken } from './members.ts';
import { pathsMistaken } from './paths.ts';
import { resourcesMistaken } from './resources.ts';
import { spellingsMistaken } from './spellings.ts';
import { valuesMistaken } from './values.ts';

let server: ServerWorld;
let shared: Company | undefined;
beforeAll(async () => {
  server = await openServerWorld();
  shared = await server.company();
  await syncPasswords(shared);
});
afterAll(() => server.close());

function company(): Company {
  if (shared === undefined) throw new Error('There is no company yet.');
  return shared;
}

/** What servers have got wrong, and people have had to find out: each title says the mistake, which is not made here. */
describe('it does not happen that', () => {
  const another = () => server.company();
  membersMistaken(company);
  pathsMistaken(company, another);
  spellingsMistaken(company);
  valuesMistaken(company);
  filtersMistaken(company, another);
  listsMistaken(another);
  resourcesMistaken(company, another);
  answersMistaken(company);
});
