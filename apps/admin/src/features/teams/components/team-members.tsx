'use client';
import { Button, Center, Group, Skeleton, Stack, Text } from '@mantine/core';
import { PersonLabel } from '@/components/people/person-label.tsx';
import { UserStatusBadge } from '@/components/people/user-status-badge.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Section } from '@/components/ui/section.tsx';
import { useTeamMembers } from '../api/team.ts';

/** The people in a team, fifty at a time. */
export function TeamMembers({ id, total }: { id: string; total: number }) {
  const { members, loading, error, refetch, loadMore } = useTeamMembers(id);
  return (
    <Section title="Members" count={total}>
      {error && <ErrorState error={error} onRetry={() => refetch()} />}
      {!members && loading && <Skeleton height={200} />}
      {members?.nodes.length === 0 && <Text c="dimmed">No one is in this team.</Text>}
      <Stack gap={12}>
        {members?.nodes.map((person) => (
          <Group key={person.id} justify="space-between" wrap="nowrap">
            <PersonLabel person={person} detail={person.title ?? person.userName} />
            {person.status !== 'ACTIVE' && <UserStatusBadge status={person.status} />}
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
