'use client';
import { Grid, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { ManagedBadge } from '@/components/connections/managed-badge.tsx';
import { History } from '@/components/events/history.tsx';
import { OriginBadge } from '@/components/teams/origin-badge.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Page } from '@/components/ui/page.tsx';
import { Section } from '@/components/ui/section.tsx';
import { type TeamDetails, useTeam } from '../api/team.ts';
import { useMayChangeTeams } from '../api/team-changes.ts';
import { TeamActions } from './team-actions.tsx';
import { TeamFacts } from './team-facts.tsx';
import { TeamMembers } from './team-members.tsx';

function origin(team: TeamDetails): string {
  if (team.connection)
    return `Managed by ${team.connection.name}, which pushes it: its name and members are changed there.`;
  if (team.origin === 'ORG_STRUCTURE')
    return 'Managed by the org structure: it follows from departments and managers, and nobody edits it.';
  return team.origin === 'MANUAL' ? 'Made and kept by hand.' : 'Pushed by an identity provider.';
}

function Header({ team }: { team: TeamDetails }) {
  return (
    <Stack gap={2}>
      <Group gap="sm">
        <Title order={1}>{team.displayName}</Title>
        <OriginBadge origin={team.origin} />
        <ManagedBadge by={team.managedBy} />
      </Group>
      <Text c="dimmed" fw={400}>
        {origin(team)}
      </Text>
    </Stack>
  );
}

/** One team: who is in it, where it sits, and what happened to it. */
export function TeamPage({ id }: { id: string }) {
  const { team, missing, loading, error, refetch, loadOlder } = useTeam(id);
  const mayChange = useMayChangeTeams();
  const editable = mayChange && team?.origin === 'MANUAL';
  return (
    <Page
      title={team ? <Header team={team} /> : missing ? 'Team' : <Skeleton height={48} width={240} />}
      action={editable && team && <TeamActions team={team} />}
    >
      {error && <ErrorState error={error} onRetry={() => refetch()} />}
      {missing && !error && (
        <EmptyState icon={IconUsers} title="There is no such team">
          It may have been deleted, or it belongs to another account. The activity keeps its history.
        </EmptyState>
      )}
      {team && (
        <Grid gap="md">
          <Grid.Col span={{ base: 12, md: 7 }}>
            <TeamMembers team={team} editable={editable} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 5 }}>
            <Stack gap="md">
              <TeamFacts team={team} />
              <Section title="History">
                <History
                  events={team.events.nodes}
                  hasMore={team.events.pageInfo.hasNextPage}
                  loading={loading}
                  onMore={loadOlder}
                />
              </Section>
            </Stack>
          </Grid.Col>
        </Grid>
      )}
      {!team && loading && <Skeleton height={320} radius="lg" />}
    </Page>
  );
}
