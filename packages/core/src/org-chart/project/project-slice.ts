import { lockObject } from '../../database/advisory-lock.ts';
import type { Database, Sql } from '../../database/database.ts';
import { committedWork } from '../../database/work.ts';
import { readPosition, writePosition } from './chart-position.ts';
import { loadOpenSpans } from './open-spans.ts';
import { PeopleOnChart } from './people-on-chart.ts';
import { type LogEntry, readSlice } from './read-slice.ts';
import { TeamsOnChart } from './teams-on-chart.ts';
import { membershipsTable, peopleTable, teamsTable, writeSpans } from './write-spans.ts';

// What the advisory lock is called: no id reads like it.
const CHART = 'org chart';

/** Brings the next slice of an account's log into its chart: one transaction, a dozen statements whatever it tells. */
export const projectSlice = (database: Database, accountId: string): Promise<void> =>
  committedWork(database).transaction(async ({ sql: db }) => {
    await lockObject(accountId, CHART).execute(db);
    const { position } = await readPosition(db, accountId);
    const entries = await readSlice(db, accountId, position);
    const [first, last] = [entries[0], entries.at(-1)];
    if (first === undefined || last === undefined) return;
    await projectEntries(db, accountId, entries);
    const { epoch, xid, seq, moment } = last;
    const began = position.began ?? new Date(first.moment);
    await writePosition(db, accountId, { epoch, xid, seq, moment: new Date(moment), began });
  });

async function projectEntries(db: Sql, accountId: string, entries: readonly LogEntry[]): Promise<void> {
  const [people, teams] = [new PeopleOnChart(), new TeamsOnChart()];
  await loadOpenSpans(db, accountId, entries, { people, teams });
  const endMoment = (moment: number) =>
    teams.endMoment(moment, people.endMoment(moment), (userId) => people.has(userId));
  for (const [index, entry] of entries.entries()) {
    if (entry.type.startsWith('USER_')) people.apply(entry);
    else if (entry.type.startsWith('TEAM_')) teams.apply(entry);
    if (entries[index + 1]?.moment !== entry.moment) endMoment(entry.moment);
  }
  await writeSpans(db, accountId, peopleTable, people.book);
  await writeSpans(db, accountId, teamsTable, teams.book);
  await writeSpans(db, accountId, membershipsTable, teams.memberships);
}
