import type pg from 'pg';
import { expect } from 'vitest';
import type { PropertyChange } from '../model/event.ts';

interface ToldRow {
  readonly id: string;
  readonly xid: number;
  readonly type: string;
  readonly subject_id: string;
  readonly subject_label: string;
  readonly related_id: string | null;
  readonly changes: readonly PropertyChange[];
}

/**
 * Expects the log to tell of teams in the order in which things happened: a team is there by then, goes on from what was said of
 * it before, and whoever joins it does so by its name at that moment.
 */
export async function expectTeamsToldInOrder(client: pg.Client, accountId: string): Promise<void> {
  const { rows } = await client.query<ToldRow>(
    `SELECT concat(e.xid, '-', e.seq) AS id, e.xid::text::int AS xid, e.type, e.subject_id, e.subject_label, e.related_id, e.changes FROM events e
     WHERE e.account_id = $1 AND e.subject_type = 'TEAM' ORDER BY e.epoch, e.xid, e.seq`,
    [accountId],
  );
  const teams = new Map<string, Map<string, unknown>>();
  const created = new Map(
    rows.flatMap(({ type, subject_id, xid }) => (type === 'TEAM_CREATED' ? [[subject_id, xid]] : [])),
  );
  const memberships = new Set<string>();
  for (const { id, xid, type, subject_id, subject_label, related_id, changes } of rows) {
    const about = `${id} ${type} ${subject_label}`;
    if (type === 'TEAM_CREATED') teams.set(subject_id, new Map());
    const team = teams.get(subject_id);
    if (team === undefined) throw new Error(`${about}: there is no such team.`);
    for (const { field, before, after } of changes) {
      expect(before, `${about}: ${field} before`).toEqual(team.get(field) ?? null);
      team.set(field, after);
    }
    // Teams that one transaction makes are told of in any order.
    const parent = changes.find(({ field }) => field === 'parentId')?.after;
    if (typeof parent === 'string')
      expect(created.get(parent), `${about}: the parent is there`).toBeLessThanOrEqual(xid);
    // Whoever leaves a team that gets another name by that leaves it by the old one.
    if (type !== 'TEAM_MEMBER_REMOVED')
      expect(subject_label, `${about}: its name`).toBe(team.get('displayName'));
    const membership = `${subject_id} ${related_id}`;
    if (type === 'TEAM_MEMBER_ADDED') {
      expect(memberships.has(membership), `${about}: was not in it`).toBe(false);
      memberships.add(membership);
    }
    if (type === 'TEAM_MEMBER_REMOVED')
      expect(memberships.delete(membership), `${about}: was in it`).toBe(true);
    if (type === 'TEAM_DELETED') teams.delete(subject_id);
  }
}
