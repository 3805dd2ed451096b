import { expect } from 'vitest';
import type { FollowedEvent } from './feed.ts';
import { withClient } from './tables.ts';

/** The directory as far as events tell it: each user's properties, and who is in which team. */
export interface Directory {
  readonly users: Record<string, Record<string, unknown>>;
  readonly memberships: string[];
}

/** What the events tell; fails where an event does not go on from the one before. */
export function replay(events: readonly FollowedEvent[]): Directory {
  const users = new Map<string, Map<string, unknown>>();
  const memberships = new Set<string>();
  for (const event of events) {
    const { type, subject, related } = event;
    const membership = `${subject.id} ${related?.id}`;
    if (type === 'TEAM_MEMBER_ADDED') {
      expect(memberships, `${event.id}: joined twice`).not.toContain(membership);
      memberships.add(membership);
    } else if (type === 'TEAM_MEMBER_REMOVED') {
      expect(memberships, `${event.id}: left without having joined`).toContain(membership);
      memberships.delete(membership);
    } else if (type.startsWith('USER_')) users.set(subject.id, userAfter(event, users.get(subject.id)));
  }
  return {
    users: Object.fromEntries([...users].map(([id, properties]) => [id, shown(properties)])),
    memberships: [...memberships].sort(),
  };
}

const statusBefore: Record<string, RegExp> = { USER_CREATED: /^NOBODY$/, USER_REVIVED: /^DEPROVISIONED$/ };

function userAfter(
  { id, type, changes }: FollowedEvent,
  before: Map<string, unknown> | undefined,
): Map<string, unknown> {
  const arrives = type === 'USER_CREATED' || type === 'USER_REVIVED';
  expect(before?.get('status') ?? 'NOBODY', `${id} ${type}`).toMatch(statusBefore[type] ?? /ACTIVE/);
  // Whoever arrives, arrives anew: what is not said is not there.
  const user = new Map(arrives ? [] : before);
  for (const { field, before, after } of changes) {
    expect(before, `${id} ${type} ${field}: before is the last after`).toEqual(user.get(field) ?? null);
    user.set(field, after);
  }
  // The identity provider's name for somebody goes with them.
  if (type === 'USER_DEPROVISIONED') user.delete('externalId');
  return user;
}

const shownProperties = ['status', 'userName', 'displayName', 'title', 'department', 'externalId'];
const shown = (user: ReadonlyMap<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(shownProperties.map((property) => [property, user.get(property) ?? null]));

/** The same directory as the tables have it. */
export async function directoryInTables(databaseUrl: string, accountId: string): Promise<Directory> {
  return withClient(databaseUrl, async (client) => {
    const users = await client.query<{ id: string; user: Record<string, unknown> }>(
      `SELECT u.id, json_build_object('status', u.status, 'userName', u.user_name, 'displayName', u.display_name,
         'title', u.title, 'department', u.department, 'externalId', x.external_id) AS user
       FROM users u LEFT JOIN user_external_ids x ON x.account_id = u.account_id AND x.user_id = u.id
       WHERE u.account_id = $1`,
      [accountId],
    );
    const memberships = await client.query<{ member: string }>(
      `SELECT team_id || ' ' || user_id AS member FROM memberships WHERE account_id = $1
       UNION ALL SELECT team_id || ' ' || nested_id FROM nested_teams WHERE account_id = $1`,
      [accountId],
    );
    return {
      users: Object.fromEntries(users.rows.map(({ id, user }) => [id, user])),
      memberships: memberships.rows.map(({ member }) => member).sort(),
    };
  });
}
