import { sql } from 'kysely';
import type { PermissionId } from '../authorization/permissions.ts';
import type { Condition } from '../filters/scalar-filters.ts';
import type { OrderKey } from '../pages/list-order.ts';
import { counted } from '../text/counted-text.ts';

/** How a list of teams is ordered; the field is one of `teamOrderFields`. */
export interface TeamOrder {
  readonly field: string;
  readonly direction: 'ASC' | 'DESC';
}

/** One thing that teams can be ordered by. */
interface TeamOrderKey extends OrderKey {
  readonly description: string;
  /** Whoever sees an order learns what it goes by. */
  readonly requires: PermissionId;
}

/** A property of the first member: the first person by id, or else the first team. */
const ofFirstMember = (ofPerson: Condition, ofTeam: Condition): Condition => sql`coalesce(
  (SELECT ${ofPerson} FROM memberships m JOIN users u ON u.account_id = m.account_id AND u.id = m.user_id
    WHERE m.account_id = t.account_id AND m.team_id = t.id ORDER BY m.user_id LIMIT 1),
  (SELECT ${ofTeam} FROM nested_teams n JOIN teams inner_team
    ON inner_team.account_id = n.account_id AND inner_team.id = n.nested_id
    WHERE n.account_id = t.account_id AND n.team_id = t.id ORDER BY n.nested_id LIMIT 1))`;

const optionalText = (description: string, expression: Condition): TeamOrderKey => ({
  description,
  expression,
  requires: 'teams:read',
  type: 'text',
  nullable: true,
});

/** Everything that teams can be ordered by, by its name in `TeamOrderField`. */
export const teamOrderFields: Readonly<Record<string, TeamOrderKey>> = {
  ID: { description: 'By id, which is the order of arrival.', requires: 'teams:read', type: 'text' },
  DISPLAY_NAME: {
    description: 'By name, in the order of the alphabet.',
    requires: 'teams:read',
    expression: counted(sql`t.display_name`, { exact: false }),
    type: 'text',
  },
  EXTERNAL_ID: optionalText(
    'By what the identity provider that pushed them calls them; case counts.',
    counted(sql`t.external_id`, { exact: true }),
  ),
  MEMBER_ID: optionalText(
    'By the id of their first member.',
    ofFirstMember(sql`m.user_id::text`, sql`n.nested_id::text`),
  ),
  MEMBER_DISPLAY_NAME: optionalText(
    'By the name of their first member.',
    ofFirstMember(
      counted(sql`coalesce(u.display_name, u.user_name)`, { exact: false }),
      counted(sql`inner_team.display_name`, { exact: false }),
    ),
  ),
  MEMBER_TYPE: optionalText(
    'By what their first member is: teams come before people.',
    ofFirstMember(sql`'user'`, sql`'group'`),
  ),
  VERSION: {
    description: 'By how often they changed.',
    requires: 'teams:read',
    expression: sql`t.version`,
    type: 'int',
  },
  CREATED_AT: {
    description: 'By when they were created.',
    requires: 'teams:read',
    expression: sql`t.created_at`,
    type: 'timestamptz',
  },
  UPDATED_AT: {
    description: 'By when they last changed.',
    requires: 'teams:read',
    expression: sql`t.updated_at`,
    type: 'timestamptz',
  },
};
