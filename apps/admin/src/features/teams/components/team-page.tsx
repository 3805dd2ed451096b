'use client';
import { Grid, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { History } from '@/components/events/history.tsx';
import { OriginBadge, originLooks } from '@/components/teams/origin-badge.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Page } from '@/components/ui/page.tsx';
import { Section } from '@/components/ui/section.tsx';
import { type TeamDetails, useTeam } from '../api/team.ts';
import { TeamFacts } from './team-facts.tsx';
import { TeamMembers } from './team-members.tsx';

function origin(team: TeamDetails): string {
  if (team.connection) return `Pushed by ${team.connection.name}; its members are changed there.`;
  if (team.origin === 'ORG_STRUCTURE') return 'Follows from departments and managers; nobody edits it.';
  return originLooks[team.origin].label === 'By hand'
    ? 'Made and kept by hand.'
    : 'Pushed by an identity provider.';
}

function Header({ team }: { team: TeamDetails }) {
  return (
    <Stack gap={2}>
      <Group gap="sm">
        <Title order={1}>{team.displayName}</Title>
        <OriginBadge origin={team.origin} />
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
  return (
    <Page title={team ? <Header team={team} /> : missing ? 'Team' : <Skeleton height={48} width={240} />}>
      {error && <ErrorState error={error} onRetry={() => refetch()} />}
      {missing && !error && (
        <EmptyState icon={IconUsers} title="There is no such team">
          It may have been deleted, or it belongs to another account. The activity keeps its history.
        </EmptyState>
      )}
      {team && (
        <Grid gap="md">
          <Grid.Col span={{ base: 12, md: 7 }}>
            <TeamMembers id={id} total={team.memberCount} />
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
