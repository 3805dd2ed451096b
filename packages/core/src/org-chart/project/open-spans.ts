import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../database/database.ts';
import { asRecord, type Recorded } from '../../database/record.ts';
import { idOf, type PeopleOnChart, type PersonRow } from './people-on-chart.ts';
import { changeOf, type LogEntry } from './read-slice.ts';
import type { MembershipRow, TeamRow, TeamsOnChart } from './teams-on-chart.ts';

interface Opened {
  readonly began: string;
}

const uuids = (ids: Iterable<string>): RawBuilder<unknown> => sql`${[...new Set(ids)]}::uuid[]`;

const comes = new Set(['USER_CREATED', 'USER_REVIVED', 'TEAM_CREATED']);
const goes = new Set(['USER_DEPROVISIONED', 'TEAM_DELETED']);

/** Those whom the entries make come or go: who names them is moved by it. */
const comingOrGoing = (entries: readonly LogEntry[]): string[] =>
  entries.filter(({ type }) => comes.has(type) || goes.has(type)).map(({ subject_id }) => subject_id);

/**
 * Reads the open spans of everybody the entries are about, and of the managers above them, whom a cycle can go through:
 * three statements, or fewer.
 */
export async function loadOpenSpans(
  db: Sql,
  accountId: string,
  entries: readonly LogEntry[],
  { people, teams }: { readonly people: PeopleOnChart; readonly teams: TeamsOnChart },
): Promise<void> {
  const ofPeople = entries.filter(({ type }) => type.startsWith('USER_'));
  const ofTeams = entries.filter(({ type }) => type.startsWith('TEAM_'));
  const leads = await loadTeams(db, accountId, ofTeams, comingOrGoing(ofPeople), teams);
  if (ofTeams.length > 0) await loadMemberships(db, accountId, ofTeams, teams);
  await loadPeople(db, accountId, ofPeople, leads, people);
}

async function loadPeople(
  db: Sql,
  accountId: string,
  entries: readonly LogEntry[],
  others: readonly string[],
  people: PeopleOnChart,
): Promise<void> {
  const named = entries.flatMap((entry) => idOf(changeOf(entry, 'manager')?.after) ?? []);
  const ids = uuids([...entries.map(({ subject_id }) => subject_id), ...named, ...others]);
  const open = sql`p.account_id = ${accountId}::uuid AND p.ended = 'infinity'`;
  const statement: RawBuilder<Recorded<PersonRow & Opened>> = sql`
    WITH RECURSIVE line AS (
      (SELECT p.user_id, p.named_manager_id FROM org_chart_people p WHERE ${open} AND p.user_id = ANY(${ids})
        UNION SELECT p.user_id, p.named_manager_id FROM org_chart_people p
        WHERE ${open} AND p.named_manager_id = ANY(${uuids(comingOrGoing(entries))}))
      UNION SELECT p.user_id, p.named_manager_id FROM line l JOIN org_chart_people p ON p.user_id = l.named_manager_id AND ${open})
    SELECT ${asRecord(sql`p.user_id, p.began, p.user_name, p.display_name, p.title, p.department, p.photo, p.status,
      p.named_manager_id, p.manager_id, p.on_cycle`)}
    FROM line l JOIN org_chart_people p ON p.user_id = l.user_id AND ${open}`;
  for (const { record } of (await statement.execute(db)).rows) {
    const { began, ...row } = record;
    people.load(row, Date.parse(began));
  }
}

/** Answers whom the teams and the entries name as leads. */
async function loadTeams(
  db: Sql,
  accountId: string,
  entries: readonly LogEntry[],
  peopleComingOrGoing: readonly string[],
  teams: TeamsOnChart,
): Promise<string[]> {
  if (entries.length === 0 && peopleComingOrGoing.length === 0) return [];
  const after = (field: string) =>
    entries.flatMap((entry) => {
      const value = changeOf(entry, field)?.after;
      return typeof value === 'string' ? [value] : [];
    });
  const ids = uuids([...entries.map(({ subject_id }) => subject_id), ...after('parentId')]);
  const open = sql`t.account_id = ${accountId}::uuid AND t.ended = 'infinity'`;
  const statement: RawBuilder<Recorded<TeamRow & Opened>> = sql`
    WITH near AS MATERIALIZED (
      SELECT * FROM org_chart_teams t WHERE ${open} AND t.team_id = ANY(${ids})
      UNION SELECT * FROM org_chart_teams t WHERE ${open} AND t.named_parent_id = ANY(${uuids(comingOrGoing(entries))})
      UNION SELECT * FROM org_chart_teams t WHERE ${open} AND t.named_lead_id = ANY(${uuids(peopleComingOrGoing)}))
    SELECT ${asRecord(sql`t.team_id, t.began, t.display_name, t.origin, t.named_parent_id, t.parent_id, t.named_lead_id, t.lead_id`)}
    FROM (SELECT * FROM near UNION SELECT t.* FROM near n JOIN org_chart_teams t ON t.team_id = n.named_parent_id AND ${open}) AS t`;
  const leads = after('leadId');
  for (const { record } of (await statement.execute(db)).rows) {
    const { began, ...row } = record;
    teams.load(row, Date.parse(began));
    if (row.named_lead_id !== null) leads.push(row.named_lead_id);
  }
  return leads;
}

async function loadMemberships(
  db: Sql,
  accountId: string,
  entries: readonly LogEntry[],
  teams: TeamsOnChart,
): Promise<void> {
  const moves = entries.filter(({ related_type }) => related_type === 'USER');
  const gone = entries.filter(({ type }) => type === 'TEAM_DELETED').map(({ subject_id }) => subject_id);
  const open = sql`m.account_id = ${accountId}::uuid AND m.ended = 'infinity'`;
  const statement: RawBuilder<Recorded<MembershipRow & Opened>> = sql`
    SELECT ${asRecord(sql`m.team_id, m.user_id, m.began`)}
    FROM (SELECT DISTINCT * FROM unnest(${moves.map(({ subject_id }) => subject_id)}::uuid[],
      ${moves.map(({ related_id }) => related_id)}::uuid[]) AS a (team_id, user_id)) AS asked
    JOIN org_chart_memberships m ON ${open} AND m.team_id = asked.team_id AND m.user_id = asked.user_id
    UNION ALL SELECT ${asRecord(sql`m.team_id, m.user_id, m.began`)}
    FROM org_chart_memberships m WHERE ${open} AND m.team_id = ANY(${uuids(gone)})`;
  for (const { record } of (await statement.execute(db)).rows) {
    const { began, ...row } = record;
    teams.loadMembership(row, Date.parse(began));
  }
}
