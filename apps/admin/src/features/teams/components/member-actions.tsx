'use client';
import { ActionIcon, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCrown, IconCrownOff, IconDots, IconUserMinus } from '@tabler/icons-react';
import { personName } from '@/components/people/person-name.ts';
import { toApiError } from '@/lib/graphql/api-error.ts';
import type { Person } from '@/lib/live/entity-fragments.ts';
import type { TeamDetails } from '../api/team.ts';
import { useRemoveMembers, useUpdateTeam } from '../api/team-changes.ts';

/** What can be done about somebody in a team: have them lead it or not, and take them out. */
export function MemberActions({ team, person }: { team: TeamDetails; person: Person }) {
  const name = personName(person);
  const [update, updating] = useUpdateTeam();
  const [remove, removing] = useRemoveMembers();
  const leads = team.lead?.id === person.id;
  const tell = (done: string) => (result: { data?: unknown }) => {
    if (result.data) notifications.show({ message: done });
  };
  const refuse = (error: unknown) =>
    notifications.show({ color: 'red', title: 'Nothing was changed', message: toApiError(error).message });
  const lead = (leadId: string | null, done: string) =>
    update({ variables: { input: { id: team.id, leadId } } }).then(tell(done), refuse);
  const leave = () =>
    remove({ variables: { input: { teamId: team.id, userIds: [person.id] } } }).then(
      tell(`${name} is no longer in ${team.displayName}`),
      refuse,
    );
  return (
    <Menu position="bottom-end" width={210}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Actions for ${name}`}
          loading={updating.loading || removing.loading}
        >
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {leads ? (
          <Menu.Item
            leftSection={<IconCrownOff size={15} />}
            onClick={() => lead(null, `${team.displayName} has no lead`)}
          >
            No longer lead
          </Menu.Item>
        ) : (
          <Menu.Item
            leftSection={<IconCrown size={15} />}
            onClick={() => lead(person.id, `${name} leads ${team.displayName}`)}
          >
            Make lead
          </Menu.Item>
        )}
        <Menu.Item color="red" leftSection={<IconUserMinus size={15} />} onClick={leave}>
          Remove from the team
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
