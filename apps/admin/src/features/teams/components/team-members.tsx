'use client';
import { Button, Center, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconCrown } from '@tabler/icons-react';
import { ManagedLock } from '@/components/connections/managed-lock.tsx';
import { PersonLabel } from '@/components/people/person-label.tsx';
import { UserStatusBadge } from '@/components/people/user-status-badge.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Section } from '@/components/ui/section.tsx';
import { StateBadge, type StateLook } from '@/components/ui/state-badge.tsx';
import { type TeamDetails, useTeamMembers } from '../api/team.ts';
import { keeperOf } from '../team-keeper.ts';
import { MemberActions } from './member-actions.tsx';

const leadLook: StateLook = { color: 'iris', icon: IconCrown, label: 'Lead' };

interface TeamMembersProps {
  team: TeamDetails;
  /** May whoever looks change it? */
  editable: boolean;
}

/** The people in a team, fifty at a time. */
export function TeamMembers({ team, editable }: TeamMembersProps) {
  const { members, loading, error, refetch, loadMore } = useTeamMembers(team.id);
  return (
    <Section title="Members" count={team.memberCount} action={<ManagedLock by={keeperOf(team)} />}>
      {error && <ErrorState error={error} onRetry={() => refetch()} />}
      {!members && loading && <Skeleton height={200} />}
      {members?.nodes.length === 0 && (
        <Text c="dimmed">
          {editable ? 'No one is in this team yet. Add people above.' : 'No one is in this team.'}
        </Text>
      )}
      <Stack gap={12}>
        {members?.nodes.map((person) => (
          <Group key={person.id} justify="space-between" wrap="nowrap">
            <PersonLabel person={person} detail={person.title ?? person.userName} />
            <Group gap="xs" wrap="nowrap">
              {team.lead?.id === person.id && <StateBadge look={leadLook} />}
              {person.status !== 'ACTIVE' && <UserStatusBadge status={person.status} />}
              {editable && <MemberActions team={team} person={person} />}
            </Group>
          </Group>
        ))}
      </Stack>
      {members?.pageInfo.hasNextPage && (
        <Center mt="md">
          <Button variant="subtle" color="gray" loading={loading} onClick={loadMore}>
            More members
          </Button>
        </Center>
      )}
    </Section>
  );
}
