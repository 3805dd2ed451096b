import {
  type Icon,
  IconKeyOff,
  IconLogout,
  IconShieldMinus,
  IconShieldPlus,
  IconSitemap,
  IconUserMinus,
  IconUsersPlus,
} from '@tabler/icons-react';
import type { Consequence } from '@/components/rehearsal/consequence.ts';
import type { RehearsedEvent } from '@/lib/live/rehearsal.ts';
import { counted } from '@/lib/text/counted.ts';
import { listed } from '@/lib/text/listed.ts';
import type { RehearsedStanding, Standing } from './api/standing.ts';

/** Those of a list that another lacks, by id. */
function missingIn<Item extends { id: string }>(
  items: readonly Item[] | null,
  others: readonly Item[] | null,
): readonly Item[] {
  if (items === null || others === null) return [];
  const ids = new Set(others.map(({ id }) => id));
  return items.filter(({ id }) => !ids.has(id));
}

const rolesOf = ({ roles }: Standing) => roles.map(({ role }) => role);

/** What a person may do by all their roles. */
const permissionsOf = (standing: Standing) => [
  ...new Map(
    rolesOf(standing)
      .flatMap(({ permissions }) => permissions)
      .map((permission) => [permission.id, permission]),
  ).values(),
];

/** What a person could do no more. */
export const lostPermissions = ({ before, after }: RehearsedStanding): readonly { title: string }[] =>
  missingIn(permissionsOf(before), permissionsOf(after));

/** What a change would do to a person, the gravest first; empty where all stays as it is. */
export function consequencesFor({ before, after }: RehearsedStanding): Consequence[] {
  const sessions = missingIn(before.sessions, after.sessions).length;
  const tokens = missingIn(before.tokens, after.tokens).map(({ name }) => name);
  const left = missingIn(before.teams, after.teams).map(({ displayName }) => displayName);
  const joined = missingIn(after.teams, before.teams).map(({ displayName }) => displayName);
  const lost = missingIn(rolesOf(before), rolesOf(after)).map(({ name }) => name);
  const gained = missingIn(rolesOf(after), rolesOf(before)).map(({ name }) => name);
  const reports = before.status === 'ACTIVE' && after.status !== 'ACTIVE' ? after.reportCount : 0;
  const said = (names: readonly string[], icon: Icon, color: Consequence['color'], sentence: string) =>
    names.length > 0 ? [{ icon, color, text: `${sentence} ${listed(names)}` }] : [];
  return [
    ...(sessions > 0
      ? [
          {
            icon: IconLogout,
            color: 'gray' as const,
            text: `${counted(sessions, 'session ends', 'sessions end')}`,
          },
        ]
      : []),
    ...said(
      tokens,
      IconKeyOff,
      'yellow',
      `${counted(tokens.length, 'API token ends', 'API tokens end')} for good:`,
    ),
    ...said(left, IconUserMinus, 'gray', left.length === 1 ? 'Leaves the team' : 'Leaves the teams'),
    ...said(joined, IconUsersPlus, 'teal', joined.length === 1 ? 'Joins the team' : 'Joins the teams'),
    ...said(lost, IconShieldMinus, 'gray', lost.length === 1 ? 'Loses the role' : 'Loses the roles'),
    ...said(gained, IconShieldPlus, 'yellow', gained.length === 1 ? 'Has the role' : 'Has the roles'),
    ...(reports > 0
      ? [
          {
            icon: IconSitemap,
            color: 'blue' as const,
            text: `${counted(reports, 'person goes', 'people go')} on reporting to them`,
          },
        ]
      : []),
  ];
}

/** What a change of a person would do to anybody or anything else. */
export function elsewhere({ before: { id }, events }: RehearsedStanding): readonly RehearsedEvent[] {
  return events.filter(({ subject, related }) => subject.id !== id && related?.id !== id);
}
